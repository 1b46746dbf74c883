using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Why a server cannot be used.</summary>
internal enum ConnectionFault
{
    /// <summary>Its host name cannot be resolved.</summary>
    HostUnknown,

    /// <summary>Nothing listens on its port.</summary>
    Refused,

    /// <summary>There is no route to it.</summary>
    Unreachable,

    /// <summary>It does not respond in time: a firewall drops packets, or the server accepts connections and does not respond.</summary>
    NoAnswer,

    /// <summary>It does not use TLS, although TLS is configured.</summary>
    PlainInsteadOfTls,

    /// <summary>It uses TLS, although plaintext is configured.</summary>
    TlsInsteadOfPlain,

    /// <summary>Its certificate has no chain to a trusted CA.</summary>
    ServerNotTrusted,

    /// <summary>Its certificate, or one above it, has expired.</summary>
    ServerExpired,

    /// <summary>Its certificate, or one above it, is not valid yet.</summary>
    ServerNotYetValid,

    /// <summary>Its certificate, or one above it, has a signature or key that can be forged.</summary>
    ServerCertificateWeak,

    /// <summary>Its certificate is for other names.</summary>
    NameMismatch,

    /// <summary>It rejects the client certificate.</summary>
    ClientCertificateRejected,

    /// <summary>The TLS handshake failed for another reason.</summary>
    HandshakeFailed,

    /// <summary>It is another kind of server, with another protocol.</summary>
    WrongServer,

    /// <summary>It requires SASL, which is not configured.</summary>
    SaslRequired,

    /// <summary>It does not use SASL, which is configured.</summary>
    SaslNotUsed,

    /// <summary>It does not offer the configured SASL mechanism.</summary>
    SaslMechanismRejected,

    /// <summary>It rejects user or password.</summary>
    SaslLoginRejected,

    /// <summary>There is no token for OAUTHBEARER.</summary>
    TokenNotIssued,

    /// <summary>It rejects the token of OAUTHBEARER.</summary>
    TokenRejected,

    /// <summary>The SASL login failed for another reason.</summary>
    SaslFailed,
}

/// <summary>A server cannot be used, for a known reason.</summary>
/// <param name="message">What failed and why, as one sentence.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="root">The common cause if several servers may fail for the same reason; null for this server only.</param>
internal sealed class ConnectionFaultException(
    ConnectionFault fault, string message, string remedy, string? root = null, Exception? innerException = null)
    : HopsKafkaException(message, remedy, HopsKafka.Common.ExitCode.Failed, innerException)
{
    /// <summary>The kind of fault.</summary>
    public ConnectionFault Fault { get; } = fault;

    /// <summary>The common cause of several servers' failures; null for this server only.</summary>
    public string? Root { get; } = root;
}
