using Confluent.Kafka;

namespace HopsKafka.Producer.Resuming;

/// <summary>Reads the partitions backwards from their ends, in growing windows: if this run wrote to the topic last, only its last events are read.</summary>
/// <param name="beginnings">The oldest offset of each partition.</param>
/// <param name="ends">The end offset of each partition.</param>
/// <param name="firstSize">Number of offsets of the first window.</param>
internal sealed class BackwardScan(TopicReader reader, IReadOnlyList<long> beginnings, IReadOnlyList<long> ends, long firstSize)
{
    private const int Growth = 4;

    private readonly long[] _from = [.. ends];
    private readonly long[] _size = [.. ends.Select(_ => firstSize)];

    /// <summary>Reads each partition until enough is found, or it is read completely.</summary>
    /// <param name="isDone">Whether enough of a partition is read; asked before each window.</param>
    /// <param name="add">Takes each event; those of a window in their order.</param>
    public void Read(Func<int, bool> isDone, Action<ConsumeResult<byte[], byte[]>> add, CancellationToken stop)
    {
        while (true)
        {
            OffsetWindow[] windows = [.. Enumerable.Range(0, _from.Length).Where(p => _from[p] > beginnings[p] && !isDone(p)).Select(Next)];
            if (windows.Length == 0)
            {
                return;
            }

            reader.Read(windows, add, stop);
        }
    }

    private OffsetWindow Next(int partition)
    {
        var until = _from[partition];
        _from[partition] = Math.Max(beginnings[partition], until - _size[partition]);
        _size[partition] *= Growth;
        return new OffsetWindow(partition, _from[partition], until);
    }
}

/// <summary>A range of offsets of a partition.</summary>
/// <param name="From">The first offset.</param>
/// <param name="Until">The offset after the last one.</param>
internal readonly record struct OffsetWindow(int Partition, long From, long Until);
