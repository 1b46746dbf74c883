using HopsKafka.Configuration;

namespace HopsKafka.Hopsworks;

/// <summary>How to connect to a Kafka cluster that the organization brought itself: the project's certificates are unknown there.</summary>
/// <param name="ChecksNames">Whether the names in the brokers' certificates are checked.</param>
/// <param name="Properties">librdkafka properties of OAUTHBEARER; empty otherwise.</param>
/// <param name="Unused">Names of options that clients on librdkafka do not have.</param>
internal sealed record OwnKafka(
    SecurityOptions Security, bool ChecksNames, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> Unused)
{
    /// <summary>The keys of <c>[kafka]</c> that say how clients log in, with their values; empty for mutual TLS.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings =>
        Security.NeedsCertificate ? [] : [.. Named().Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value!))];

    /// <summary>All properties that a client needs.</summary>
    public IReadOnlyDictionary<string, string> AllProperties => ChecksNames
        ? Properties
        : new Dictionary<string, string>(Properties) { ["ssl.endpoint.identification.algorithm"] = "none" };

    private IEnumerable<KeyValuePair<string, string?>> Named() =>
    [
        new("security_protocol", Security.Protocol), new("sasl_mechanism", Security.Mechanism),
        new("sasl_username", Security.Username?.Reveal()), new("sasl_password", Security.Password?.Reveal()),
    ];
}
