namespace HopsKafka.Diagnosis;

/// <summary>A server cannot be talked to; the reason is known.</summary>
/// <param name="fault">The kind of fault.</param>
/// <param name="message">What failed, where and why, as one sentence.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="root">What is at fault when several servers may fail for the same reason; null for this server alone.</param>
/// <param name="innerException">The failure below.</param>
public sealed class ConnectionFaultException(
    ConnectionFault fault, string message, string remedy, string? root = null, Exception? innerException = null)
    : HopsKafkaException(message, remedy, HopsKafka.ExitCode.Failed, innerException)
{
    /// <summary>The kind of fault.</summary>
    public ConnectionFault Fault { get; } = fault;

    /// <summary>The same for all servers that fail for one and the same reason; null for this server alone.</summary>
    public string? Root { get; } = root;
}
