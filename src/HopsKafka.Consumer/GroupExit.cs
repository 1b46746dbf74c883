using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Consumer;

/// <summary>Commits and leaves the group, so that the other members need not wait for a timeout; logs failed commits.</summary>
internal sealed class GroupExit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private volatile bool _hasLostCommit;

    // The response to an earlier commit may arrive after that of the last one, which included its offsets.
    private volatile bool _allCommitted;

    /// <summary>A commit succeeded or failed.</summary>
    public void OnCommitted(CommittedOffsets committed)
    {
        if (!committed.Error.IsError)
        {
            _hasLostCommit = false;
        }
        else if (committed.Error.Code != ErrorCode.Local_NoOffset && !_allCommitted)
        {
            // After a rebalance, the new owners continue from the last commit; nothing is lost.
            _hasLostCommit |= committed.Error.Code is not (ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId
                or ErrorCode.StaleMemberEpoch or ErrorCode.FencedMemberEpoch);
            var why = committed.Error.IsLocalError ? "no broker accepted it" : committed.Error.Reason;
            ConsoleLog.Warning($"A commit failed ({why}): the group reads the events since the last commit again.", WarningCodes.CommitFailed);
        }
    }

    /// <summary>Commits, closes the consumer and disposes it.</summary>
    /// <param name="consumer">The consumer; not disposed if the brokers do not respond.</param>
    /// <param name="commits">Whether there is something to commit.</param>
    /// <param name="beforeLeaving">Called between the commit and the end of the membership.</param>
    /// <returns>Whether all printed events are committed.</returns>
    public bool TryLeave(IConsumer<byte[], byte[]> consumer, bool commits, Action beforeLeaving)
    {
        try
        {
            var closing = Task.Run(() => Close(consumer, commits, beforeLeaving));
            if (closing.Wait(s_limit))
            {
                consumer.Dispose();
                return _allCommitted || !_hasLostCommit;
            }

            // Dispose would wait as long: the consumer ends with the process.
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

    private void Close(IConsumer<byte[], byte[]> consumer, bool commits, Action beforeLeaving)
    {
        if (commits)
        {
            _allCommitted = TryCommit(consumer);
        }

        beforeLeaving();
        consumer.Close();
    }

    // Before the report, so that it shows the committed offsets. If a rebalance made this commit fail, leaving the group commits as well.
    private static bool TryCommit(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            consumer.Commit();
            return true;
        }
        catch (KafkaException e)
        {
            // Usually Local_NoOffset: nothing was printed since the last commit.
            ConsoleLog.Detail($"Committing at the end: {e.Error.Reason}");
            return e.Error.Code == ErrorCode.Local_NoOffset;
        }
    }
}
