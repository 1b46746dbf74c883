using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>The outcome of a check, without name and duration.</summary>
/// <param name="Status">The status.</param>
/// <param name="Detail">One line.</param>
/// <param name="Cause">The cause of a failure, as a sentence.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Root">See <see cref="CheckResult.Root"/>; null for the check's own name.</param>
internal sealed record CheckOutcome(CheckStatus Status, string Detail, string? Cause = null, string? Remedy = null, string? Root = null)
{
    public static CheckOutcome Ok(string detail) => new(CheckStatus.Ok, detail);

    public static CheckOutcome Warning(string detail, string? remedy = null) => new(CheckStatus.Warning, detail, Remedy: remedy);

    public static CheckOutcome Skipped(string because) => new(CheckStatus.Skipped, because);

    public static CheckOutcome Failed(IHopsKafkaError e) => new(
        CheckStatus.Failed,
        e is ConnectionFaultException fault ? Describe(fault.Fault) : "",
        e.Details.Count == 0 ? e.Message : $"{e.Message} {string.Join("; ", e.Details)}",
        e.Remedy,
        (e as ConnectionFaultException)?.Root);

    public CheckResult Result(string name, TimeSpan duration) =>
        new(name, Status, Detail, Cause, Remedy, duration) { Root = Root ?? name };

    private static string Describe(ConnectionFault fault) => fault switch
    {
        ConnectionFault.HostUnknown => "host unknown",
        ConnectionFault.Refused => "connection refused",
        ConnectionFault.Unreachable => "cannot be reached",
        ConnectionFault.NoAnswer => "no answer",
        ConnectionFault.PlainInsteadOfTls => "the server does not use TLS",
        ConnectionFault.TlsInsteadOfPlain => "the server uses TLS",
        ConnectionFault.ServerNotTrusted => "server certificate not trusted",
        ConnectionFault.ServerExpired => "server certificate expired",
        ConnectionFault.ServerNotYetValid => "server certificate not valid yet",
        ConnectionFault.ServerCertificateWeak => "server certificate too weak",
        ConnectionFault.NameMismatch => "server certificate for another name",
        ConnectionFault.ClientCertificateRejected => "client certificate rejected",
        ConnectionFault.WrongServer => "another kind of server",
        ConnectionFault.SaslRequired => "the broker requires SASL",
        ConnectionFault.SaslNotUsed => "the broker does not use SASL",
        ConnectionFault.SaslMechanismRejected => "SASL mechanism rejected",
        ConnectionFault.SaslLoginRejected => "user or password rejected",
        ConnectionFault.TokenNotIssued => "no token",
        ConnectionFault.TokenRejected => "token rejected",
        ConnectionFault.SaslFailed => "SASL login failed",
        _ => "TLS handshake failed",
    };
}
