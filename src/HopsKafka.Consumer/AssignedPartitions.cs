using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer;

/// <summary>The partitions that are assigned to this consumer, and the offsets to commit for them.</summary>
/// <param name="commits">Whether offsets are committed.</param>
internal sealed class AssignedPartitions(string topic, string group, bool commits)
{
    private readonly SortedSet<int> _assigned = [];
    private readonly Dictionary<int, long> _queued = [];
    private readonly HashSet<TopicPartition> _paused = [];
    private bool _hasChanged = true;
    private volatile int[] _snapshot = [];

    /// <summary>The topic.</summary>
    public string Topic => topic;

    /// <summary>The consumer group.</summary>
    public string Group => group;

    /// <summary>Whether partitions were assigned or revoked since the last call.</summary>
    /// <returns>True once for each change.</returns>
    public bool TryTakeChange()
    {
        var hasChanged = _hasChanged;
        _hasChanged = false;
        return hasChanged;
    }

    /// <summary>Whether the group sent an assignment, even one without partitions.</summary>
    public bool HasAssignment { get; private set; }

    /// <summary>The assigned partitions.</summary>
    public IReadOnlyCollection<int> Partitions => _assigned;

    /// <summary>The assigned partitions, for other threads.</summary>
    public IReadOnlyList<int> Snapshot => _snapshot;

    /// <summary>Whether a partition is assigned.</summary>
    /// <returns>True if this consumer may read it and commit its offsets.</returns>
    public bool Contains(int partition) => _assigned.Contains(partition);

    /// <summary>Assigns partitions without a group.</summary>
    public void AssignManually(IEnumerable<int> partitions)
    {
        _assigned.UnionWith(partitions);
        _snapshot = [.. _assigned];
        HasAssignment = true;
        ConsoleLog.Report($"Reading {topic} {Names(_assigned)} without joining a group.");
    }

    /// <summary>The group assigned partitions to this consumer.</summary>
    /// <param name="partitions">The added partitions; none after an incremental revocation, or if other members have all of them.</param>
    public void Assign(IReadOnlyCollection<TopicPartition> partitions)
    {
        _hasChanged = true;
        _assigned.UnionWith(partitions.Select(p => p.Partition.Value));
        _snapshot = [.. _assigned];
        HasAssignment = true;
        if (partitions.Count > 0)
        {
            ConsoleLog.Report($"Group {group}: this consumer now has {topic} {Names(_assigned)}.");
        }
        else if (_assigned.Count == 0)
        {
            ConsoleLog.Report($"Group {group}: this consumer has no partition of {topic}; it waits.");
        }
    }

    /// <summary>The group revoked partitions of this consumer.</summary>
    /// <param name="lost">Whether another member may read them already.</param>
    /// <param name="consumer">The consumer, to which they are still assigned.</param>
    public void Revoke(IEnumerable<TopicPartition> partitions, bool lost, IConsumer<byte[], byte[]> consumer)
    {
        _hasChanged = true;
        var revoked = new SortedSet<int>(partitions.Select(p => p.Partition.Value));
        _assigned.ExceptWith(revoked);
        _snapshot = [.. _assigned];
        foreach (var partition in revoked)
        {
            _queued.Remove(partition);
        }

        // librdkafka would keep the pause if the partition is assigned again.
        var paused = revoked.Select(partition => new TopicPartition(topic, partition)).Where(_paused.Remove).ToList();
        if (paused.Count > 0)
        {
            consumer.Resume(paused);
        }

        // An eager rebalance revokes all partitions before it assigns any.
        HasAssignment = _assigned.Count > 0;
        if (revoked.Count == 0)
        {
            return;
        }

        if (lost)
        {
            ConsoleLog.Warning(
                $"Group {group}: this consumer lost {topic} {Names(revoked)}; the group reads the events since the last commit again.",
                WarningCodes.PartitionsLost,
                fields: new LogFields(Topic: topic, Group: group));
        }
        else
        {
            ConsoleLog.Report($"Group {group}: this consumer released {topic} {Names(revoked)}{(_assigned.Count > 0 ? $" and keeps {Names(_assigned)}" : "")}.");
        }
    }

    /// <summary>Queues an offset for the next <see cref="StoreOffsets"/>.</summary>
    /// <param name="next">The offset after the last event that was written.</param>
    public void QueueOffset(int partition, long next)
    {
        if (commits && _assigned.Contains(partition))
        {
            _queued[partition] = next;
        }
    }

    /// <summary>Passes the queued offsets to librdkafka, which commits them every 5 s, on revocation, and on exit.</summary>
    public void StoreOffsets(IConsumer<byte[], byte[]> consumer)
    {
        foreach (var (partition, next) in _queued)
        {
            Store(consumer, new TopicPartitionOffset(topic, partition, next));
        }

        _queued.Clear();
    }

    private static void Store(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset next)
    {
        try
        {
            consumer.StoreOffset(next);
        }
        catch (KafkaException e)
        {
            ConsoleLog.Warning(
                $"{next.Topic} [{next.Partition.Value}] could not be committed up to offset {next.Offset.Value} ({e.Error.Reason}): "
                + "the group reads the events since the last commit again.",
                WarningCodes.CommitFailed,
                fields: new LogFields(Topic: next.Topic, Partition: next.Partition.Value, Offset: next.Offset.Value));
        }
    }

    /// <summary>Pauses all partitions; the consumer stays in its group.</summary>
    public void Pause(IConsumer<byte[], byte[]> consumer)
    {
        var unpaused = consumer.Assignment.Where(_paused.Add).ToList();
        if (unpaused.Count > 0)
        {
            consumer.Pause(unpaused);
        }
    }

    /// <summary>Resumes all paused partitions.</summary>
    public void Resume(IConsumer<byte[], byte[]> consumer)
    {
        if (_paused.Count > 0)
        {
            consumer.Resume(consumer.Assignment.Where(_paused.Contains));
            _paused.Clear();
        }
    }

    private static string Names(IEnumerable<int> partitions) => string.Join(", ", partitions.Select(p => $"[{p}]"));
}
