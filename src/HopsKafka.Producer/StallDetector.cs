namespace HopsKafka.Producer;

/// <summary>Measures for how long a partition acknowledges nothing although events wait for it.</summary>
internal sealed class StallDetector(TimeProvider time)
{
    private readonly Dictionary<int, (long Acknowledged, long Since)> _waiting = [];

    /// <summary>Takes what waits now.</summary>
    public void Look(IReadOnlyDictionary<int, PendingEvents> waiting)
    {
        foreach (var gone in _waiting.Keys.Where(partition => !waiting.ContainsKey(partition)).ToList())
        {
            _waiting.Remove(gone);
        }

        foreach (var (partition, events) in waiting)
        {
            if (!_waiting.TryGetValue(partition, out var known) || known.Acknowledged != events.Acknowledged)
            {
                _waiting[partition] = (events.Acknowledged, time.GetTimestamp());
            }
        }
    }

    /// <summary>The time so far does not count.</summary>
    public void Restart() => _waiting.Clear();

    /// <summary>The partitions that have acknowledged nothing for some time.</summary>
    /// <param name="least">For how long at least.</param>
    /// <returns>The partitions, and for how long.</returns>
    public IReadOnlyDictionary<int, TimeSpan> Stalled(TimeSpan least) => _waiting
        .ToDictionary(w => w.Key, w => time.GetElapsedTime(w.Value.Since))
        .Where(w => w.Value >= least)
        .ToDictionary();
}
