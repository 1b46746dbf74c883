namespace HopsKafka.Producer;

/// <summary>Measures for how long each partition with pending events has acknowledged nothing.</summary>
internal sealed class StallDetector(TimeProvider time)
{
    private readonly Dictionary<int, (long Acknowledged, long Since)> _pending = [];

    /// <summary>Compares the pending events with those of the last call.</summary>
    public void Update(IReadOnlyDictionary<int, PendingEvents> pending)
    {
        foreach (var partition in _pending.Keys.Where(partition => !pending.ContainsKey(partition)).ToList())
        {
            _pending.Remove(partition);
        }

        foreach (var (partition, events) in pending)
        {
            if (!_pending.TryGetValue(partition, out var known) || known.Acknowledged != events.Acknowledged)
            {
                _pending[partition] = (events.Acknowledged, time.GetTimestamp());
            }
        }
    }

    /// <summary>Discards the time measured so far.</summary>
    public void Reset() => _pending.Clear();

    /// <summary>The partitions that have acknowledged nothing for at least this time.</summary>
    /// <returns>The partitions, each with its time without acknowledgement.</returns>
    public IReadOnlyDictionary<int, TimeSpan> Stalled(TimeSpan minimum) => _pending
        .ToDictionary(p => p.Key, p => time.GetElapsedTime(p.Value.Since))
        .Where(p => p.Value >= minimum)
        .ToDictionary();
}
