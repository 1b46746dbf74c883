using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Hopsworks;

/// <summary>Reads a feature store's Kafka connector. Its options are those of Java clients.</summary>
internal static class KafkaConnector
{
    private const string JaasConfigOption = "sasl.jaas.config";
    private const string MechanismOption = "sasl.mechanism";
    private const string NameCheckOption = "ssl.endpoint.identification.algorithm";
    private const string OAuthBearerOptions = "sasl.oauthbearer.";

    // The options of Java's login module for OAUTHBEARER, and librdkafka's properties.
    private static readonly Dictionary<string, string> s_oauthBearer = new()
    {
        ["clientId"] = "sasl.oauthbearer.client.id", ["clientSecret"] = "sasl.oauthbearer.client.secret", ["scope"] = "sasl.oauthbearer.scope",
    };

    /// <summary>How to connect if the cluster is not Hopsworks' own; null if the project's certificates apply.</summary>
    /// <exception cref="HopsKafkaException">The cluster requires what clients on librdkafka do not support.</exception>
    /// <exception cref="FormatException">The answer has another shape.</exception>
    public static OwnKafka? Security(JsonElement json)
    {
        var protocol = Text(json, "securityProtocol")?.ToLowerInvariant() ?? SecurityOptions.MutualTls.Protocol;
        var isExternal = json.TryGetProperty("externalKafka", out var external) && external.ValueKind == JsonValueKind.True;
        if (!isExternal && protocol == SecurityOptions.MutualTls.Protocol)
        {
            return null;
        }

        if (!SecurityOptions.Protocols.Contains(protocol))
        {
            throw Unsupported($"the security protocol {DisplayText.Of(protocol.ToUpperInvariant())}", "Ask its administrator for a listener with SASL_SSL or SSL.");
        }

        var options = Options(json);
        var (security, properties) = protocol == SecurityOptions.SaslSsl ? Sasl(options) : (new SecurityOptions(protocol), []);
        var algorithm = Text(json, "sslEndpointIdentificationAlgorithm") ?? options.GetValueOrDefault(NameCheckOption) ?? "https";
        var unused = options.Keys.Where(name =>
            name is not (JaasConfigOption or MechanismOption or NameCheckOption) && !(properties.ContainsKey(name) && security.Mechanism == SecurityOptions.OAuthBearer));
        return new OwnKafka(security, algorithm.Trim().Length > 0 && algorithm != "none", properties, [.. unused.Order(StringComparer.Ordinal)]);
    }

    private static (SecurityOptions Security, Dictionary<string, string> Properties) Sasl(Dictionary<string, string> options)
    {
        var (module, login) = ParseLogin(options.GetValueOrDefault(JaasConfigOption));
        var mechanism = options.GetValueOrDefault(MechanismOption)?.Trim().ToUpperInvariant()
            ?? (module == "PlainLoginModule" ? "PLAIN" : module == "OAuthBearerLoginModule" ? SecurityOptions.OAuthBearer : null)
            ?? throw Incomplete($"has no option {MechanismOption}");
        if (!SecurityOptions.Mechanisms.Contains(mechanism))
        {
            throw Unsupported(
                $"the SASL mechanism {DisplayText.Of(mechanism)}",
                $"Ask its administrator for one of {string.Join(", ", SecurityOptions.Mechanisms)}.");
        }

        if (mechanism == SecurityOptions.OAuthBearer)
        {
            var given = options.Where(o => o.Key.StartsWith(OAuthBearerOptions, StringComparison.Ordinal) && PropertyNames.Find(o.Key) is not null)
                .Concat(login.Where(o => s_oauthBearer.ContainsKey(o.Key)).Select(o => KeyValuePair.Create(s_oauthBearer[o.Key], o.Value)));
            return (
                new SecurityOptions(SecurityOptions.SaslSsl, mechanism),
                given.Append(KeyValuePair.Create("sasl.oauthbearer.method", "oidc")).DistinctBy(o => o.Key).ToDictionary());
        }

        return login.TryGetValue("username", out var username) && login.TryGetValue("password", out var password) && username.Length > 0 && password.Length > 0
            ? (new SecurityOptions(SecurityOptions.SaslSsl, mechanism, new Secret(username), new Secret(password)), [])
            : throw Incomplete($"has no user name and password in its option {JaasConfigOption}");
    }

    private static (string Module, IReadOnlyDictionary<string, string> Options) ParseLogin(string? jaas)
    {
        try
        {
            return jaas is null ? ("", new Dictionary<string, string>()) : JaasConfig.Parse(jaas);
        }
        catch (FormatException e)
        {
            throw Incomplete($"has an option {JaasConfigOption} that cannot be read: {e.Message}");
        }
    }

    private static Dictionary<string, string> Options(JsonElement json) => json.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array
        ? options.EnumerateArray()
            .Select(option => (Name: Text(option, "name"), Value: Text(option, "value")))
            .Where(option => option.Name is not null && option.Value is not null)
            .DistinctBy(option => option.Name)
            .ToDictionary(option => option.Name!, option => option.Value!)
        : [];

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static HopsKafkaException Unsupported(string what, string remedy) =>
        new($"The project's own Kafka cluster uses {what}, which is not supported.", remedy);

    private static HopsKafkaException Incomplete(string what) => new(
        $"The Kafka connector of the project's feature store {what}.", "Ask the administrator of Hopsworks to correct the connector of the own Kafka cluster.");
}
