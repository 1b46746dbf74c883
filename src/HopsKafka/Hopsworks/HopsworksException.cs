using System.Net;
using Confluent.SchemaRegistry;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>
/// Hopsworks' REST API or its schema registry rejected a call, sent an invalid response, or could not be reached. Code that
/// catches Confluent's <see cref="SchemaRegistryException"/> catches it.
/// </summary>
public sealed class HopsworksException : SchemaRegistryException, IHopsKafkaError
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, where, and why, as one line without secrets.</param>
    /// <param name="status">HTTP status of the answer; null when no whole answer came.</param>
    /// <param name="errorCode">Error code of the answer, or 0.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="isTransient">True when the same call may succeed later.</param>
    /// <param name="cause">The failure below.</param>
    internal HopsworksException(
        string message, HttpStatusCode? status, int errorCode, string? remedy, bool isTransient = false, Exception? cause = null)
        : base(message, status ?? default, errorCode)
    {
        Message = message;
        Remedy = remedy;
        IsTransient = isTransient;
        Cause = cause;
    }

    /// <summary>What failed, where, and why, as one line without secrets; the codes are within it where there are any.</summary>
    public override string Message { get; }

    /// <inheritdoc/>
    public string? Remedy { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Details => [];

    /// <inheritdoc/>
    public int ExitCode => Common.ExitCode.Failed;

    /// <summary>HTTP method of the call; null when the exception was made without one.</summary>
    public HttpMethod? Method { get; init; }

    /// <summary>Scheme, host, port and path of the call, neither user info nor query; null when the exception was made without one.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// True when the same call may succeed later: 408, 429, 5xx, a lost connection, a timeout. A reader of events must
    /// then wait and try again, and must not take the event for a bad one.
    /// </summary>
    public bool IsTransient { get; }

    /// <summary>The delay that the server requests (header Retry-After); null for none.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>The failure below: the base class takes no inner exception.</summary>
    public Exception? Cause { get; }

    /// <summary>Whether a whole answer came; if not (refused, lost, timed out, TLS), <see cref="SchemaRegistryException.Status"/> is 0.</summary>
    public bool HasAnswer => Status != default;

    /// <summary>Whether the connection ended before a whole answer came, for no reason that is known.</summary>
    internal bool IsConnectionLost { get; set; }

    /// <inheritdoc/>
    public override Exception GetBaseException() => Cause?.GetBaseException() ?? this;

    /// <inheritdoc/>
    public override string ToString() => Cause is null ? base.ToString() : $"{base.ToString()}{Environment.NewLine} ---> {Cause}";
}
