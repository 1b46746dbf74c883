namespace HopsKafka.Consumer.Verification;

/// <summary>A set of steps, kept as ranges: a series without gaps is one range.</summary>
internal sealed class StepSet
{
    // In ascending order, separated by at least one missing step.
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>The ranges, in ascending order.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => _ranges;

    /// <summary>The first step.</summary>
    public long First => _ranges[0].First;

    /// <summary>The last step.</summary>
    public long Last => _ranges[^1].Last;

    /// <summary>How many steps between the first and the last are missing.</summary>
    public long Missing => _ranges.Zip(_ranges.Skip(1), (before, after) => after.First - before.Last - 1).Sum();

    /// <summary>Adds a step.</summary>
    /// <returns>False if it is in the set already.</returns>
    public bool Add(long step)
    {
        var at = IndexOf(step);
        if (at < _ranges.Count && _ranges[at].First <= step)
        {
            return false;
        }

        var joinsBefore = at > 0 && _ranges[at - 1].Last + 1 == step;
        var joinsAfter = at < _ranges.Count && _ranges[at].First - 1 == step;
        if (joinsBefore && joinsAfter)
        {
            _ranges[at - 1] = (_ranges[at - 1].First, _ranges[at].Last);
            _ranges.RemoveAt(at);
        }
        else if (joinsBefore)
        {
            _ranges[at - 1] = (_ranges[at - 1].First, step);
        }
        else if (joinsAfter)
        {
            _ranges[at] = (step, _ranges[at].Last);
        }
        else
        {
            _ranges.Insert(at, (step, step));
        }

        return true;
    }

    // The first range that ends at or after the step.
    private int IndexOf(long step)
    {
        if (_ranges.Count == 0 || _ranges[^1].Last < step)
        {
            return _ranges.Count;
        }

        var (low, high) = (0, _ranges.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ranges[middle].Last < step ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
