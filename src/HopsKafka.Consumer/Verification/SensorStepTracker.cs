namespace HopsKafka.Consumer.Verification;

/// <summary>Tracks the steps of one sensor and seed by the events that were read.</summary>
internal sealed class SensorStepTracker(string sensor, long seed)
{
    private readonly StepSet _steps = new();
    private readonly SortedDictionary<int, long> _newest = [];
    private readonly HashSet<int> _interrupted = [];

    /// <summary>The sensor.</summary>
    public string Sensor => sensor;

    /// <summary>The seed.</summary>
    public long Seed => seed;

    /// <summary>Number of distinct steps.</summary>
    public long Events { get; private set; }

    /// <summary>Repeated events of a step that was read before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>New steps stored after a later step of the same partition.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>New steps read after a later step of another partition.</summary>
    public long Late { get; private set; }

    /// <summary>Steps that other members read while the partition was assigned to them.</summary>
    public long ReadByOthers { get; private set; }

    /// <summary>The partitions of its events.</summary>
    public IEnumerable<int> Partitions => _newest.Keys;

    /// <summary>The first step read.</summary>
    public long First => _steps.Ranges.Count == 0 ? 0 : _steps.First;

    /// <summary>The last step read.</summary>
    public long Last => _steps.Ranges.Count == 0 ? 0 : _steps.Last;

    /// <summary>Steps between the first and the last that were not read.</summary>
    public long Missing => _steps.Missing;

    /// <summary>The missing steps, as ranges.</summary>
    public IEnumerable<(long First, long Last)> Gaps =>
        _steps.Ranges.Zip(_steps.Ranges.Skip(1), (before, after) => (before.Last + 1, after.First - 1));

    /// <summary>Whether nothing is missing and nothing out of order.</summary>
    public bool IsSound => Missing == 0 && OutOfOrder == 0;

    /// <summary>Adds an event whose offset was not read before.</summary>
    public void Add(int partition, long step)
    {
        var known = _newest.TryGetValue(partition, out var newest);
        if (known && _interrupted.Remove(partition))
        {
            AddReadByOthers(newest + 1, step);
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

    /// <summary>The partition was revoked: other members may read the following steps.</summary>
    public void Interrupt(int partition)
    {
        if (_newest.ContainsKey(partition))
        {
            _interrupted.Add(partition);
        }
    }

    private void AddReadByOthers(long from, long until)
    {
        for (var step = from; step < until; step++)
        {
            ReadByOthers += _steps.Add(step) ? 1 : 0;
        }
    }
}
