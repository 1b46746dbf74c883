using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Consumer;

/// <summary>Commits and leaves the group, so that the other members need not wait for a timeout; logs failed commits.</summary>
internal sealed class GroupExit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private volatile bool _commitLost;

    // The answer to an earlier commit may come after the last one, which took its offsets along.
    private volatile bool _allCommitted;

    /// <summary>A commit was answered.</summary>
    /// <param name="committed">The result of the commit.</param>
    public void OnCommitted(CommittedOffsets committed)
    {
        if (!committed.Error.IsError)
        {
            _commitLost = false;
        }
        else if (committed.Error.Code != ErrorCode.Local_NoOffset && !_allCommitted)
        {
            // In a rebalance others go on from the last commit, which is what a rebalance does.
            _commitLost |= committed.Error.Code is not (ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId
                or ErrorCode.StaleMemberEpoch or ErrorCode.FencedMemberEpoch);
            var why = committed.Error.IsLocalError ? "no broker accepted it" : committed.Error.Reason;
            ConsoleLog.Warning($"A commit failed ({why}): the group reads the events since the last commit again.", WarningCodes.CommitFailed);
        }
    }

    /// <summary>Leaves.</summary>
    /// <param name="consumer">The consumer; disposed of, unless the brokers stay silent.</param>
    /// <param name="commits">Whether there is something to commit.</param>
    /// <param name="look">Called between the commit and the end of the membership.</param>
    /// <returns>Whether all that was printed is committed.</returns>
    public bool TryLeave(IConsumer<byte[], byte[]> consumer, bool commits, Action look)
    {
        try
        {
            var closing = Task.Run(() => Close(consumer, commits, look));
            if (closing.Wait(s_limit))
            {
                consumer.Dispose();
                return _allCommitted || !_commitLost;
            }

            // Disposing would wait as well: the process ends with the consumer.
            ConsoleLog.Warning(
                $"Leaving the group failed (no response within {s_limit.TotalSeconds:0} s): the group may read the events since the last commit again.",
                WarningCodes.LeaveGroupFailed);
        }
        catch (AggregateException e) when (e.InnerException is KafkaException kafka)
        {
            ConsoleLog.Warning($"Leaving the group failed ({kafka.Error.Reason}): the group may read the events since the last commit again.", WarningCodes.LeaveGroupFailed);
        }

        return false;
    }

    private void Close(IConsumer<byte[], byte[]> consumer, bool commits, Action look)
    {
        if (commits)
        {
            _allCommitted = TryCommit(consumer);
        }

        look();
        consumer.Close();
    }

    // Before the report, so that it shows what is committed. Leaving the group commits as well, if this did not work in a rebalance.
    private static bool TryCommit(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            consumer.Commit();
            return true;
        }
        catch (KafkaException e)
        {
            // Mostly that nothing was printed since the last commit that the group's coordinator confirmed.
            ConsoleLog.Detail($"Committing at the end: {e.Error.Reason}");
            return e.Error.Code == ErrorCode.Local_NoOffset;
        }
    }
}
