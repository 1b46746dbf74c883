namespace HopsKafka.Diagnosis;

/// <summary>Why a server cannot be talked to.</summary>
public enum ConnectionFault
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
