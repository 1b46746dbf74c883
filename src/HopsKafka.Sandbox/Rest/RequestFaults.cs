namespace HopsKafka.Sandbox.Rest;

/// <summary>Faults of the next requests, in the order in which they were added. Safe for use by many threads.</summary>
internal sealed class RequestFaults
{
    private readonly Lock _gate = new();
    private readonly Queue<(Fault Fault, int Count)> _queue = new();
    private int _used;

    /// <summary>Number of requests that will still get a fault.</summary>
    public long Pending
    {
        get
        {
            lock (_gate)
            {
                return _queue.Sum(entry => (long)entry.Count) - _used;
            }
        }
    }

    public void FailNext(int count, int status, string? body = null, string contentType = MediaTypes.Json) =>
        Add(count, new Fault { Response = new Response(status, body is null ? null : contentType, body) });

    public void DelayNext(int count, TimeSpan delay) => Add(count, new Fault { Delay = delay });

    /// <summary>Each request hangs until its client cancels it or the server stops.</summary>
    public void HangNext(int count) => DelayNext(count, Timeout.InfiniteTimeSpan);

    /// <summary>The requests are handled, but the connection is closed when half of the response's body is sent.</summary>
    public void CutNext(int count) => Add(count, new Fault { Cut = true });

    public void Clear()
    {
        lock (_gate)
        {
            _queue.Clear();
            _used = 0;
        }
    }

    public Fault Take()
    {
        lock (_gate)
        {
            if (!_queue.TryPeek(out var next))
            {
                return Fault.None;
            }

            if (++_used == next.Count)
            {
                _queue.Dequeue();
                _used = 0;
            }

            return next.Fault;
        }
    }

    private void Add(int count, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_gate)
        {
            _queue.Enqueue((fault, count));
        }
    }
}

/// <summary>What goes wrong with one request.</summary>
internal sealed record Fault
{
    public static readonly Fault None = new();

    /// <summary>Sent instead of the call's own response.</summary>
    public Response? Response { get; init; }

    public TimeSpan Delay { get; init; }

    public bool Cut { get; init; }
}
