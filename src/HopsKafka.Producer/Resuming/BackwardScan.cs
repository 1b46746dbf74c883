namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Reads the partitions backwards from their ends, in windows that grow, until each sensor is found: of a topic that this run wrote
/// last, just the last rounds. A sensor's events are in the partition of its key. Where partitions were added to the topic, the last
/// ones may still be in another: so a sensor that its own partition does not hold is looked for in all.
/// </summary>
/// <param name="sensors">How many sensors there are.</param>
/// <param name="begins">The oldest offset of each partition.</param>
/// <param name="ends">Where reading starts.</param>
internal sealed class BackwardScan(TopicReader reader, LastSteps steps, int sensors, IReadOnlyList<long> begins, IReadOnlyList<long> ends)
{
    private const int Growth = 4;
    private const long FirstSize = 1000;

    private readonly long[] _from = [.. ends];
    private readonly long[] _size = [.. ends.Select(_ => Math.Max(FirstSize, 2L * sensors))];

    /// <summary>Reads as much as it takes.</summary>
    public void Run(CancellationToken stop)
    {
        Read(partition => steps.MissingAtHome(partition) == 0, stop);
        var strays = steps.Strays();
        Read(partition => steps.HasAll(partition, strays), stop);
    }

    private void Read(Func<int, bool> isDone, CancellationToken stop)
    {
        while (true)
        {
            OffsetWindow[] windows = [.. Enumerable.Range(0, _from.Length).Where(p => _from[p] > begins[p] && !isDone(p)).Select(Next)];
            if (windows.Length == 0)
            {
                return;
            }

            reader.Read(windows, result => steps.Take(result), stop);
        }
    }

    private OffsetWindow Next(int partition)
    {
        var until = _from[partition];
        _from[partition] = Math.Max(begins[partition], until - _size[partition]);
        _size[partition] *= Growth;
        return new OffsetWindow(partition, _from[partition], until);
    }
}

/// <summary>A stretch of a partition.</summary>
/// <param name="From">Its first offset.</param>
/// <param name="Until">The offset after its last one.</param>
internal readonly record struct OffsetWindow(int Partition, long From, long Until);
