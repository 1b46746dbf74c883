namespace HopsKafka.Producer;

/// <summary>
/// Keeps count of every event from produce to delivery report. One thread hands events over, the producer's thread for delivery reports
/// adds their outcome, and timers read the counts, so all of it is thread-safe.
/// </summary>
/// <param name="firstSteps">The first step that the run sends of each sensor.</param>
internal sealed class DeliveryLedger(IReadOnlyCollection<long> firstSteps)
{
    private readonly Lock _gate = new();
    private readonly long[] _next = [.. firstSteps];
    private readonly long[] _handed = [.. firstSteps];
    private readonly int[] _partitionOf = [.. firstSteps.Select(_ => PendingEvents.NoPartition)];
    private readonly Dictionary<int, SortedSet<long>> _ahead = [];
    private readonly SortedDictionary<int, long> _perPartition = [];
    private long _settled;
    private long _givenBack;
    private long _produced;
    private long _delivered;
    private long _failed;

    /// <summary>Whether it keeps the events of sensors apart; false for events that are only counted, by numbers from 0.</summary>
    public bool HasSensors { get; private init; } = true;

    /// <summary>A ledger for events of no sensors.</summary>
    /// <returns>The ledger: what it calls a step is the number of the event, the sensor is 0.</returns>
    public static DeliveryLedger OfNumbers() => new([0]) { HasSensors = false };

    /// <summary>Events handed to librdkafka.</summary>
    public long Produced => Interlocked.Read(ref _produced);

    /// <summary>Events that the brokers acknowledged.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Events that will never be acknowledged.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Events that the pump left behind, but that were neither handed to librdkafka nor failed: 0, or the tool has a defect.</summary>
    public long Lost => Math.Max(0, _settled - Interlocked.Read(ref _givenBack) - Produced);

    /// <summary>Events whose report has not come yet.</summary>
    public long InFlight => Produced - Delivered - Failed;

    /// <summary>Events delivered per partition.</summary>
    public IReadOnlyList<KeyValuePair<int, long>> PerPartition
    {
        get
        {
            lock (_gate)
            {
                return [.. _perPartition];
            }
        }
    }

    /// <summary>The first step that was not delivered for every sensor: a run from there on loses nothing.</summary>
    public long ResumeStep
    {
        get
        {
            lock (_gate)
            {
                return _next.Min();
            }
        }
    }

    /// <summary>The first step of a sensor that was not delivered.</summary>
    public long FirstUndelivered(int sensor)
    {
        lock (_gate)
        {
            return _next[sensor];
        }
    }

    /// <summary>An event was handed to librdkafka.</summary>
    public void AddProduced(int sensor, long step)
    {
        Volatile.Write(ref _handed[sensor], step + 1);
        Interlocked.Increment(ref _produced);
    }

    /// <summary>An event turned out not to have been handed over.</summary>
    public void TakeBackProduced(int sensor, long step)
    {
        Volatile.Write(ref _handed[sensor], step);
        Interlocked.Decrement(ref _produced);
    }

    /// <summary>An event came back, to be sent again.</summary>
    public void TakeBackProduced()
    {
        Interlocked.Decrement(ref _produced);
        Interlocked.Increment(ref _givenBack);
    }

    /// <summary>The pump goes on to the next event: this one was handed over, or has failed. On the pump's thread only.</summary>
    public void AddSettled() => _settled++;

    /// <summary>What waits for its acknowledgement now, while nothing has failed.</summary>
    /// <returns>By partition: that of a sensor's last acknowledgement.</returns>
    public IReadOnlyDictionary<int, PendingEvents> Waiting()
    {
        var waiting = new Dictionary<int, PendingEvents>();
        if (InFlight == 0)
        {
            return waiting;
        }

        lock (_gate)
        {
            for (var sensor = 0; sensor < _next.Length; sensor++)
            {
                var ahead = _ahead.TryGetValue(sensor, out var steps) ? steps.Count : 0;
                if (Volatile.Read(ref _handed[sensor]) - _next[sensor] - ahead is > 0 and var events)
                {
                    var partition = _partitionOf[sensor];
                    waiting[partition] = waiting.GetValueOrDefault(partition).Plus(events) with
                    {
                        Acknowledged = partition == PendingEvents.NoPartition ? _delivered : _perPartition[partition],
                    };
                }
            }
        }

        return waiting;
    }

    /// <summary>The brokers acknowledged an event.</summary>
    /// <param name="partition">Where it is.</param>
    public void AddDelivered(int sensor, long step, int partition)
    {
        lock (_gate)
        {
            _partitionOf[sensor] = partition;
            _perPartition[partition] = _perPartition.GetValueOrDefault(partition) + 1;
            if (step == _next[sensor])
            {
                _next[sensor]++;
                CatchUp(sensor);
            }
            else if (step > _next[sensor])
            {
                // Only after partitions were added to the topic: a later step can then be acknowledged first.
                (_ahead.TryGetValue(sensor, out var ahead) ? ahead : _ahead[sensor] = []).Add(step);
            }

            _delivered++;
        }
    }

    /// <summary>An event will never be delivered.</summary>
    /// <returns>True for the first one of the run.</returns>
    public bool AddFailed() => Interlocked.Increment(ref _failed) == 1;

    private void CatchUp(int sensor)
    {
        if (_ahead.TryGetValue(sensor, out var ahead))
        {
            while (ahead.Remove(_next[sensor]))
            {
                _next[sensor]++;
            }
        }
    }
}
