using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka;

/// <summary>The options of a connection about SASL, as settings.</summary>
internal static class SaslOptions
{
    private static readonly Dictionary<SaslMechanism, string> s_mechanisms = new()
    {
        [SaslMechanism.Plain] = "PLAIN",
        [SaslMechanism.ScramSha256] = "SCRAM-SHA-256",
        [SaslMechanism.ScramSha512] = "SCRAM-SHA-512",
        [SaslMechanism.OAuthBearer] = SecurityOptions.OAuthBearer,
    };

    /// <summary>What is missing or contradicts itself, a sentence each.</summary>
    public static IEnumerable<string> Problems(HopsworksOptions options)
    {
        if (options.SecurityProtocol == SecurityProtocol.SaslPlaintext)
        {
            yield return "SecurityProtocol is SaslPlaintext, which would show others the password; use SaslSsl.";
        }
        else if (options.SecurityProtocol != SecurityProtocol.SaslSsl)
        {
            if (options.SaslMechanism is not null || options.SaslUsername is not null || options.SaslPassword is not null)
            {
                yield return "SaslMechanism, SaslUsername and SaslPassword have no effect without SecurityProtocol SaslSsl; set it, or leave them out.";
            }
        }
        else if (options.SaslMechanism is not { } mechanism || !s_mechanisms.ContainsKey(mechanism))
        {
            yield return "SaslMechanism must be Plain, ScramSha256, ScramSha512 or OAuthBearer with SecurityProtocol SaslSsl.";
        }
        else if (mechanism != SaslMechanism.OAuthBearer && (string.IsNullOrEmpty(options.SaslUsername) || string.IsNullOrEmpty(options.SaslPassword)))
        {
            yield return $"SaslUsername and SaslPassword are needed with SaslMechanism {mechanism}.";
        }
        else if (mechanism == SaslMechanism.OAuthBearer && (options.SaslUsername is not null || options.SaslPassword is not null))
        {
            yield return "SaslUsername and SaslPassword have no effect with SaslMechanism OAuthBearer, which logs in with a token; leave them out.";
        }
    }

    /// <summary>The settings of checked options; null when they leave them to the server.</summary>
    public static SecurityOptions? Security(HopsworksOptions options) => options.SecurityProtocol switch
    {
        null => null,
        SecurityProtocol.SaslSsl => new SecurityOptions(
            SecurityOptions.SaslSsl, s_mechanisms[options.SaslMechanism!.Value], SecretOf(options.SaslUsername), SecretOf(options.SaslPassword)),
        SecurityProtocol.Plaintext => new SecurityOptions("plaintext"),
        _ => SecurityOptions.MutualTls,
    };

    /// <summary>A mechanism in librdkafka's spelling.</summary>
    internal static string NameOf(SaslMechanism mechanism) => s_mechanisms[mechanism];

    private static Secret? SecretOf(string? text) => string.IsNullOrEmpty(text) ? null : new Secret(text);
}
