using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Why a server cannot be talked to.</summary>
internal enum ConnectionFault
{
    /// <summary>Its host name has no address.</summary>
    HostUnknown,

    /// <summary>Nothing listens on its port.</summary>
    Refused,

    /// <summary>The network does not lead there.</summary>
    Unreachable,

    /// <summary>It does not answer in time: a firewall that drops packets, or a server that accepts and stays silent.</summary>
    NoAnswer,

    /// <summary>It does not speak TLS, where TLS is expected.</summary>
    PlainInsteadOfTls,

    /// <summary>It speaks TLS, where plain text is expected.</summary>
    TlsInsteadOfPlain,

    /// <summary>Its certificate does not lead to a trusted CA.</summary>
    ServerNotTrusted,

    /// <summary>Its certificate, or one above it, has expired.</summary>
    ServerExpired,

    /// <summary>Its certificate, or one above it, is not valid yet.</summary>
    ServerNotYetValid,

    /// <summary>Its certificate, or one above it, has a signature or key that can be forged.</summary>
    ServerCertificateWeak,

    /// <summary>Its certificate is for other names.</summary>
    NameMismatch,

    /// <summary>It refuses the client certificate.</summary>
    ClientCertificateRejected,

    /// <summary>The TLS handshake failed for another reason.</summary>
    HandshakeFailed,

    /// <summary>Another kind of server is there: it speaks another protocol.</summary>
    WrongServer,
}

/// <summary>A server cannot be talked to; the reason is known.</summary>
/// <param name="message">What failed, where and why, as one sentence.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="root">What is at fault when several servers may fail for the same reason; null for this server alone.</param>
internal sealed class ConnectionFaultException(
    ConnectionFault fault, string message, string remedy, string? root = null, Exception? innerException = null)
    : HopsKafkaException(message, remedy, HopsKafka.Common.ExitCode.Failed, innerException)
{
    /// <summary>The kind of fault.</summary>
    public ConnectionFault Fault { get; } = fault;

    /// <summary>The same for all servers that fail for one and the same reason; null for this server alone.</summary>
    public string? Root { get; } = root;
}
