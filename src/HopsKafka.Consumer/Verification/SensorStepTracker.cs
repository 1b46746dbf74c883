namespace HopsKafka.Consumer.Verification;

/// <summary>The events of one sensor and one seed, as they were read.</summary>
/// <param name="seed">The seed that their headers name.</param>
internal sealed class SensorStepTracker(string sensor, long seed)
{
    private readonly StepSet _steps = new();
    private readonly SortedDictionary<int, long> _newest = [];
    private readonly HashSet<int> _interrupted = [];

    /// <summary>The sensor.</summary>
    public string Sensor => sensor;

    /// <summary>The seed.</summary>
    public long Seed => seed;

    /// <summary>Different steps that were read.</summary>
    public long Events { get; private set; }

    /// <summary>Steps that were stored more than once, counted from the second.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Steps for the first time that stand behind a later one of the same partition.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Steps for the first time that were read after a later one of another partition.</summary>
    public long Late { get; private set; }

    /// <summary>Steps that other members of the group read, while they had the partition.</summary>
    public long Elsewhere { get; private set; }

    /// <summary>Where its events are.</summary>
    public IEnumerable<int> Partitions => _newest.Keys;

    /// <summary>The first step read.</summary>
    public long First => _steps.Ranges.Count == 0 ? 0 : _steps.First;

    /// <summary>The last step read.</summary>
    public long Last => _steps.Ranges.Count == 0 ? 0 : _steps.Last;

    /// <summary>Steps between the first and the last that are nowhere.</summary>
    public long Missing => _steps.Missing;

    /// <summary>The missing steps, as ranges.</summary>
    public IEnumerable<(long First, long Last)> Gaps =>
        _steps.Ranges.Zip(_steps.Ranges.Skip(1), (before, after) => (before.Last + 1, after.First - 1));

    /// <summary>Whether nothing is missing and nothing out of order.</summary>
    public bool IsSound => Missing == 0 && OutOfOrder == 0;

    /// <summary>An event was read that was not read before.</summary>
    public void Add(int partition, long step)
    {
        var known = _newest.TryGetValue(partition, out var newest);
        if (known && _interrupted.Remove(partition))
        {
            Fill(newest + 1, step);
        }

        var isLate = _steps.Ranges.Count > 0 && step < _steps.Last;
        if (!_steps.Add(step))
        {
            Duplicates++;
            return;
        }

        Events++;
        if (known && step < newest)
        {
            OutOfOrder++;
        }
        else if (isLate)
        {
            Late++;
        }

        _newest[partition] = known ? Math.Max(newest, step) : step;
    }

    /// <summary>The partition was taken away: what follows may have been read by others.</summary>
    public void Interrupt(int partition)
    {
        if (_newest.ContainsKey(partition))
        {
            _interrupted.Add(partition);
        }
    }

    private void Fill(long from, long until)
    {
        for (var step = from; step < until; step++)
        {
            Elsewhere += _steps.Add(step) ? 1 : 0;
        }
    }
}
