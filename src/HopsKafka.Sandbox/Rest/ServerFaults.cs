using System.Collections.Concurrent;

namespace HopsKafka.Sandbox.Rest;

/// <summary>
/// Faults on purpose, to try clients. Each is used up by the requests that come next, in the order of the calls here.
/// Safe for use by many threads.
/// </summary>
public sealed class ServerFaults
{
    private readonly ConcurrentQueue<Fault> _queue = new();

    /// <summary>Answers the next requests with an error instead of doing them.</summary>
    /// <param name="count">How many requests.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">Body; null: none.</param>
    /// <param name="contentType">Content-Type of the body.</param>
    public void FailNext(int count, int status, string? body = null, string contentType = "application/json") =>
        Add(count, new Fault { Answer = new Response(status, body is null ? null : contentType, body) });

    /// <summary>Answers the next requests late.</summary>
    /// <param name="count">How many requests.</param>
    /// <param name="delay">How long each waits before it is done.</param>
    public void DelayNext(int count, TimeSpan delay) => Add(count, new Fault { Delay = delay });

    /// <summary>Never answers the next requests: each hangs until its client gives up or the server stops.</summary>
    /// <param name="count">How many requests.</param>
    public void HangNext(int count) => Add(count, new Fault { Delay = Timeout.InfiniteTimeSpan });

    /// <summary>Does the next requests, but closes the connection when half of each answer's body is sent.</summary>
    /// <param name="count">How many requests.</param>
    public void CutNext(int count) => Add(count, new Fault { Cut = true });

    /// <summary>Forgets the faults that still wait for a request.</summary>
    public void Clear() => _queue.Clear();

    /// <summary>How many faults still wait for a request.</summary>
    public int Pending => _queue.Count;

    internal Fault Take() => _queue.TryDequeue(out var fault) ? fault : Fault.None;

    private void Add(int count, Fault fault)
    {
        for (var i = 0; i < count; i++)
        {
            _queue.Enqueue(fault);
        }
    }
}

/// <summary>What goes wrong with one request.</summary>
internal sealed record Fault
{
    public static readonly Fault None = new();

    /// <summary>Given instead of the call's own answer.</summary>
    public Response? Answer { get; init; }

    public TimeSpan Delay { get; init; }

    public bool Cut { get; init; }
}
