using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer;

/// <summary>The partitions that this member of the group holds, and the offsets to commit for them.</summary>
/// <param name="commits">Whether offsets are committed.</param>
internal sealed class AssignedPartitions(string topic, string group, bool commits)
{
    private readonly SortedSet<int> _held = [];
    private readonly Dictionary<int, long> _toStore = [];
    private readonly HashSet<TopicPartition> _paused = [];
    private bool _hasChanged = true;
    private volatile int[] _snapshot = [];

    /// <summary>The topic.</summary>
    public string Topic => topic;

    /// <summary>The consumer group.</summary>
    public string Group => group;

    /// <summary>Whether the group gave or took something since the last call.</summary>
    /// <returns>True once for each change.</returns>
    public bool TakeChange()
    {
        var hasChanged = _hasChanged;
        _hasChanged = false;
        return hasChanged;
    }

    /// <summary>Whether the group gave this member its share, even if that is nothing.</summary>
    public bool WereAssigned { get; private set; }

    /// <summary>The partitions held now.</summary>
    public IReadOnlyCollection<int> Partitions => _held;

    /// <summary>The partitions held now, for other threads.</summary>
    public IReadOnlyList<int> Snapshot => _snapshot;

    /// <summary>Whether a partition is held.</summary>
    /// <returns>True when this member may read it and commit to it.</returns>
    public bool Holds(int partition) => _held.Contains(partition);

    /// <summary>This consumer takes partitions without asking a group.</summary>
    public void Take(IEnumerable<int> partitions)
    {
        _held.UnionWith(partitions);
        _snapshot = [.. _held];
        WereAssigned = true;
        ConsoleLog.Report($"Reading {topic} {Names(_held)} without joining a group.");
    }

    /// <summary>The group gave partitions to this member.</summary>
    /// <param name="partitions">The new ones; none after an incremental revocation, or when all are with others.</param>
    public void Assign(IReadOnlyCollection<TopicPartition> partitions)
    {
        _hasChanged = true;
        _held.UnionWith(partitions.Select(p => p.Partition.Value));
        _snapshot = [.. _held];
        WereAssigned = true;
        if (partitions.Count > 0)
        {
            ConsoleLog.Report($"Group {group}: this consumer now has {topic} {Names(_held)}.");
        }
        else if (_held.Count == 0)
        {
            ConsoleLog.Report($"Group {group}: this consumer has no partition of {topic}; it waits.");
        }
    }

    /// <summary>The group took partitions away from this member.</summary>
    /// <param name="lost">Whether another member may read them already.</param>
    /// <param name="consumer">The consumer, which still has them.</param>
    public void Revoke(IEnumerable<TopicPartition> partitions, bool lost, IConsumer<byte[], byte[]> consumer)
    {
        _hasChanged = true;
        var gone = new SortedSet<int>(partitions.Select(p => p.Partition.Value));
        _held.ExceptWith(gone);
        _snapshot = [.. _held];
        foreach (var partition in gone)
        {
            _toStore.Remove(partition);
        }

        // librdkafka would remember the pause, should the partition ever come back.
        var paused = gone.Select(partition => new TopicPartition(topic, partition)).Where(_paused.Remove).ToList();
        if (paused.Count > 0)
        {
            consumer.Resume(paused);
        }

        // During an eager rebalance this member has no partitions, which says nothing about its next assignment.
        WereAssigned = _held.Count > 0;
        if (gone.Count == 0)
        {
            return;
        }

        if (lost)
        {
            ConsoleLog.Warning(
                $"Group {group}: this consumer lost {topic} {Names(gone)}; the group reads the events since the last commit again.",
                WarningCodes.PartitionsLost,
                fields: new LogFields(Topic: topic, Group: group));
        }
        else
        {
            ConsoleLog.Report($"Group {group}: this consumer released {topic} {Names(gone)}{(_held.Count > 0 ? $" and keeps {Names(_held)}" : "")}.");
        }
    }

    /// <summary>Notes that an event was printed: the group continues with the next one.</summary>
    /// <param name="next">The offset after it.</param>
    public void StoreLater(int partition, long next)
    {
        if (commits && _held.Contains(partition))
        {
            _toStore[partition] = next;
        }
    }

    /// <summary>Passes the offsets to librdkafka, which commits them every 5 s, on revocation, and on exit.</summary>
    public void StoreOffsets(IConsumer<byte[], byte[]> consumer)
    {
        foreach (var (partition, next) in _toStore)
        {
            Store(consumer, new TopicPartitionOffset(topic, partition, next));
        }

        _toStore.Clear();
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
        var flowing = consumer.Assignment.Where(_paused.Add).ToList();
        if (flowing.Count > 0)
        {
            consumer.Pause(flowing);
        }
    }

    /// <summary>Lets events flow again.</summary>
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
