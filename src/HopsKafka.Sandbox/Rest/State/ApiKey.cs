using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>An API key. Clients send <see cref="Token"/> as <c>Authorization: ApiKey prefix.secret</c>.</summary>
/// <param name="Prefix">The public half, by which the server finds the key.</param>
/// <param name="Secret">The secret half.</param>
/// <param name="User">Whose key it is.</param>
/// <param name="Scopes">What it opens, see <see cref="ApiScope"/>.</param>
public sealed record ApiKey(string Prefix, Secret Secret, HopsworksUser User, IReadOnlySet<string> Scopes)
{
    /// <summary>The whole key as a user's apiKeyFile holds it: prefix, dot, secret.</summary>
    public Secret Token => new($"{Prefix}.{Secret.Reveal()}");
}

/// <summary>Scopes of an API key, in Hopsworks' spelling.</summary>
public static class ApiScope
{
    /// <summary>All calls under <c>/kafka</c>.</summary>
    public const string Kafka = "KAFKA";

    /// <summary>Projects and their certificates.</summary>
    public const string Project = "PROJECT";

    /// <summary>The feature store, among it the connector that names the external brokers.</summary>
    public const string FeatureStore = "FEATURESTORE";
}
