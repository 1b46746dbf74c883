namespace HopsKafka.Producer;

/// <summary>
/// Counts every event from produce to delivery report. Thread-safe: one thread produces, the thread of the delivery reports adds the outcome,
/// and timers read the counts.
/// </summary>
/// <param name="firstSteps">The first step that the run sends of each sensor.</param>
internal sealed class DeliveryLedger(IReadOnlyCollection<long> firstSteps)
{
    private readonly Lock _gate = new();
    private long[] _nextStep = [.. firstSteps];
    private long[] _nextToProduce = [.. firstSteps];
    private int[] _partitionOf = [.. firstSteps.Select(_ => PendingEvents.NoPartition)];
    private readonly Dictionary<int, SortedSet<long>> _deliveredAhead = [];
    private long[] _perPartition = [];
    private long _handled;
    private long _returned;
    private long _produced;
    private long _delivered;
    private long _failed;

    /// <summary>True if events belong to sensors; false if they are only numbered from 0.</summary>
    public bool HasSensors { get; private init; } = true;

    /// <summary>A ledger for events without sensors.</summary>
    /// <returns>The ledger: its steps are the numbers of the events, its sensor is 0.</returns>
    public static DeliveryLedger WithoutSensors() => new([0]) { HasSensors = false };

    /// <summary>Sets the number of sensors, all of them starting at step 0, before the first event.</summary>
    public void SetSensors(int count)
    {
        (_nextStep, _nextToProduce, _partitionOf) = (new long[count], new long[count], new int[count]);
        Array.Fill(_partitionOf, PendingEvents.NoPartition);
    }

    /// <summary>Events passed to librdkafka.</summary>
    public long Produced => Interlocked.Read(ref _produced);

    /// <summary>Events that the brokers acknowledged.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Events that cannot be delivered.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Events that the sender handled, but neither passed to librdkafka nor reported as failed. Not 0 only if the tool has a defect.</summary>
    public long Lost => Math.Max(0, _handled - Interlocked.Read(ref _returned) - Produced);

    /// <summary>Events without a delivery report yet.</summary>
    public long InFlight => Produced - Delivered - Failed;

    /// <summary>Events delivered per partition.</summary>
    public IReadOnlyList<KeyValuePair<int, long>> PerPartition
    {
        get
        {
            lock (_gate)
            {
                return [.. _perPartition.Select((events, partition) => KeyValuePair.Create(partition, events)).Where(p => p.Value > 0)];
            }
        }
    }

    /// <summary>The lowest step that at least one sensor has not delivered: a run from there on skips no event.</summary>
    public long ResumeStep
    {
        get
        {
            lock (_gate)
            {
                return _nextStep.Min();
            }
        }
    }

    /// <summary>The first step that a sensor has not delivered.</summary>
    public long NextStep(int sensor)
    {
        lock (_gate)
        {
            return _nextStep[sensor];
        }
    }

    /// <summary>Adds an event that was passed to librdkafka.</summary>
    public void AddProduced(int sensor, long step)
    {
        Volatile.Write(ref _nextToProduce[sensor], step + 1);
        Interlocked.Increment(ref _produced);
    }

    /// <summary>Removes an event that librdkafka did not accept.</summary>
    public void RemoveProduced(int sensor, long step)
    {
        Volatile.Write(ref _nextToProduce[sensor], step);
        Interlocked.Decrement(ref _produced);
    }

    /// <summary>Adds an event that was returned and is sent again.</summary>
    public void AddReturned()
    {
        Interlocked.Decrement(ref _produced);
        Interlocked.Increment(ref _returned);
    }

    /// <summary>Adds an event that was passed to librdkafka or has failed, before the sender continues with the next. On the sender's thread only.</summary>
    public void AddHandled() => _handled++;

    /// <summary>The events without acknowledgement, as long as no event has failed.</summary>
    /// <returns>By partition: the one of the sensor's last acknowledgement.</returns>
    public IReadOnlyDictionary<int, PendingEvents> Pending()
    {
        var pending = new Dictionary<int, PendingEvents>();
        if (InFlight == 0)
        {
            return pending;
        }

        lock (_gate)
        {
            for (var sensor = 0; sensor < _nextStep.Length; sensor++)
            {
                var ahead = _deliveredAhead.TryGetValue(sensor, out var steps) ? steps.Count : 0;
                if (Volatile.Read(ref _nextToProduce[sensor]) - _nextStep[sensor] - ahead is > 0 and var events)
                {
                    var partition = _partitionOf[sensor];
                    pending[partition] = pending.GetValueOrDefault(partition).Plus(events) with
                    {
                        Acknowledged = partition == PendingEvents.NoPartition ? _delivered : _perPartition[partition],
                    };
                }
            }
        }

        return pending;
    }

    /// <summary>Adds an event that the brokers acknowledged.</summary>
    public void AddDelivered(int sensor, long step, int partition)
    {
        lock (_gate)
        {
            _partitionOf[sensor] = partition;
            CountIn(partition);
            if (step == _nextStep[sensor])
            {
                _nextStep[sensor]++;
                CatchUp(sensor);
            }
            else if (step > _nextStep[sensor])
            {
                // If partitions were added to the topic, a later step may be acknowledged first.
                (_deliveredAhead.TryGetValue(sensor, out var ahead) ? ahead : _deliveredAhead[sensor] = []).Add(step);
            }

            _delivered++;
        }
    }

    /// <summary>Adds an event that cannot be delivered.</summary>
    /// <returns>True for the first failure of the run.</returns>
    public bool AddFailed() => Interlocked.Increment(ref _failed) == 1;

    private void CountIn(int partition)
    {
        if (partition == PendingEvents.NoPartition)
        {
            return;
        }

        if (partition >= _perPartition.Length)
        {
            Array.Resize(ref _perPartition, partition + 1);
        }

        _perPartition[partition]++;
    }

    private void CatchUp(int sensor)
    {
        if (_deliveredAhead.Count > 0 && _deliveredAhead.TryGetValue(sensor, out var ahead))
        {
            while (ahead.Remove(_nextStep[sensor]))
            {
                _nextStep[sensor]++;
            }
        }
    }
}
