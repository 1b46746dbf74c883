using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>How the connections to the brokers are protected, and how clients identify themselves there.</summary>
/// <param name="Protocol">librdkafka's <c>security.protocol</c>: <c>ssl</c> (mutual TLS), <c>sasl_ssl</c>, or <c>plaintext</c>.</param>
/// <param name="Mechanism">librdkafka's <c>sasl.mechanism</c>; null without SASL.</param>
/// <param name="Username">The user of PLAIN and SCRAM; masked, because some clusters give out keys as user names.</param>
/// <param name="Password">Its password.</param>
internal sealed record SecurityOptions(string Protocol, string? Mechanism = null, Secret? Username = null, Secret? Password = null)
{
    public const string SaslSsl = "sasl_ssl";
    public const string OAuthBearer = "OAUTHBEARER";

    public static SecurityOptions MutualTls { get; } = new("ssl");

    /// <summary>The protocols that the tools use; <c>sasl_plaintext</c> would send passwords without TLS.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["ssl", SaslSsl, "plaintext"];

    /// <summary>The mechanisms of the package's librdkafka, which has no Kerberos.</summary>
    public static IReadOnlyList<string> Mechanisms { get; } = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", OAuthBearer];

    public bool UsesSasl => Protocol == SaslSsl;

    public bool IsPlaintext => Protocol == "plaintext";

    /// <summary>Whether brokers know a client by its certificate.</summary>
    public bool NeedsCertificate => Protocol == "ssl";
}
