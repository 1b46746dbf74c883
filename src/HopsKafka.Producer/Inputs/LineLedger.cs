namespace HopsKafka.Producer.Inputs;

/// <summary>
/// Knows the line of each event that is not delivered yet. The events of a partition are numbered from 0, in the order of their lines; the ledger of deliveries takes the
/// partition for a sensor and that number for its step. Thread-safe.
/// </summary>
internal sealed class LineLedger
{
    private readonly Lock _gate = new();
    private LineQueue[] _lines = [];

    /// <summary>Counts the events.</summary>
    public DeliveryLedger Deliveries { get; } = DeliveryLedger.WithoutSensors();

    /// <summary>The line that the pump reads next: all before it were sent, or need not be.</summary>
    public long NextLine { get; set; } = 1;

    /// <summary>The first line that was not delivered: a run from there on loses nothing.</summary>
    public long ResumeLine
    {
        get
        {
            lock (_gate)
            {
                RemoveDelivered();
                return _lines.Where(queue => queue.Count > 0).Select(queue => queue.First).Append(NextLine).Min();
            }
        }
    }

    /// <summary>Sets the number of partitions, before the first event.</summary>
    public void SetPartitions(int partitions)
    {
        _lines = [.. Enumerable.Range(0, partitions).Select(_ => new LineQueue())];
        Deliveries.SetSensors(partitions);
    }

    /// <summary>Gives a line its number in the partition.</summary>
    /// <returns>The tag of its event.</returns>
    public long Add(int partition, long line)
    {
        lock (_gate)
        {
            if (_lines[partition].IsFull)
            {
                RemoveDelivered();
            }

            return (_lines[partition].Add(line) * _lines.Length) + partition;
        }
    }

    /// <summary>The event of a tag.</summary>
    public (int Partition, long Number) EventOf(long tag)
    {
        var (number, partition) = Math.DivRem(tag, _lines.Length);
        return ((int)partition, number);
    }

    /// <summary>The line of a tag, whose event is not delivered yet.</summary>
    public long LineOf(long tag)
    {
        var (partition, number) = EventOf(tag);
        lock (_gate)
        {
            return _lines[partition].LineAt(number);
        }
    }

    /// <summary>Adds an event that the brokers acknowledged.</summary>
    public void AddDelivered(long tag)
    {
        var (partition, number) = EventOf(tag);
        Deliveries.AddDelivered(partition, number, partition);
    }

    // Only when room or the result is needed, and not for each delivery report.
    private void RemoveDelivered()
    {
        for (var partition = 0; partition < _lines.Length; partition++)
        {
            _lines[partition].RemoveBefore(Deliveries.NextStep(partition));
        }
    }

    private sealed class LineQueue
    {
        private long[] _lines = new long[65_536];
        private long _first;
        private long _next;

        public long Count => _next - _first;

        public bool IsFull => Count == _lines.Length;

        public long First => _lines[_first & (_lines.Length - 1)];

        public long Add(long line)
        {
            if (IsFull)
            {
                Grow();
            }

            _lines[_next & (_lines.Length - 1)] = line;
            return _next++;
        }

        public long LineAt(long number) => _lines[number & (_lines.Length - 1)];

        public void RemoveBefore(long number) => _first = Math.Max(_first, number);

        private void Grow()
        {
            var larger = new long[2 * _lines.Length];
            for (var number = _first; number < _next; number++)
            {
                larger[number & (larger.Length - 1)] = LineAt(number);
            }

            _lines = larger;
        }
    }
}
