using System.Net;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>The schema registry refused a call, gave an answer that is none, or could not be reached.</summary>
public sealed class SchemaRegistryException : HopsKafkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, where, and why, as one line without secrets.</param>
    /// <param name="status">HTTP status of the answer; null when no whole answer came.</param>
    /// <param name="errorCode">Error code of the answer, or 0.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="isTransient">True when the same call may succeed later.</param>
    /// <param name="innerException">The failure below.</param>
    public SchemaRegistryException(
        string message,
        HttpStatusCode? status,
        int errorCode,
        string? remedy,
        bool isTransient = false,
        Exception? innerException = null)
        : base(message, remedy, HopsKafka.Common.ExitCode.Failed, innerException)
    {
        Status = status;
        ErrorCode = errorCode;
        IsTransient = isTransient;
    }

    /// <summary>HTTP status of the answer; null when no whole answer came: refused, lost, timed out, TLS.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>
    /// Error code of the answer: the registry's (40401 subject, 40402 version, 40403 schema not found, …) or Hopsworks'
    /// (320004 scope missing, 150004 project unknown, …); 0 when the answer carries none.
    /// </summary>
    public int ErrorCode { get; }

    /// <summary>
    /// True when the same call may succeed later: 408, 429, 5xx, a lost connection, a timeout. A reader of events must
    /// then wait and try again, and must not take the event for a bad one.
    /// </summary>
    public bool IsTransient { get; }

    /// <summary>Whether the connection ended before a whole answer came, for no reason that is known.</summary>
    internal bool IsConnectionLost { get; init; }

    /// <summary>How long the server asks to wait (header Retry-After); null when it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
