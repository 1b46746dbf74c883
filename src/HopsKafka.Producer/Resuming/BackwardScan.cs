namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Reads the partitions backwards from their ends, in growing windows, until each sensor is found; if this run wrote to the topic last, these
/// are only the last rounds. A sensor's events are in the partition of its key. If partitions were added to the topic, the last ones may be
/// in another: so a sensor that is not in its own partition is searched for in all.
/// </summary>
/// <param name="sensors">Number of sensors.</param>
/// <param name="beginnings">The oldest offset of each partition.</param>
/// <param name="ends">The end offset of each partition.</param>
internal sealed class BackwardScan(TopicReader reader, LastSteps steps, int sensors, IReadOnlyList<long> beginnings, IReadOnlyList<long> ends)
{
    private const int Growth = 4;
    private const long FirstSize = 1000;

    private readonly long[] _from = [.. ends];
    private readonly long[] _size = [.. ends.Select(_ => Math.Max(FirstSize, 2L * sensors))];

    /// <summary>Reads until each sensor is found, or all partitions are read.</summary>
    public void Run(CancellationToken stop)
    {
        Read(partition => steps.CountMissing(partition) == 0, stop);
        var missing = steps.FindMissing();
        Read(partition => steps.HasAll(partition, missing), stop);
    }

    private void Read(Func<int, bool> isDone, CancellationToken stop)
    {
        while (true)
        {
            OffsetWindow[] windows = [.. Enumerable.Range(0, _from.Length).Where(p => _from[p] > beginnings[p] && !isDone(p)).Select(Next)];
            if (windows.Length == 0)
            {
                return;
            }

            reader.Read(windows, result => steps.Add(result), stop);
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
