using System.Collections.Concurrent;
using System.Security.Cryptography;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>The API keys of the embedded Hopsworks. Safe for use by many threads.</summary>
internal sealed class ApiKeyStore
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ConcurrentDictionary<string, ApiKey> _byPrefix = new(StringComparer.Ordinal);

    /// <summary>Creates a random key (prefix of 16, secret of 64 characters, as Hopsworks does).</summary>
    public ApiKey Create(HopsworksUser user, params string[] scopes)
    {
        var prefix = RandomNumberGenerator.GetString(Alphabet, 16);
        var secret = new Secret(RandomNumberGenerator.GetString(Alphabet, 64));
        var key = new ApiKey(prefix, secret, user, scopes.ToHashSet(StringComparer.Ordinal));
        Add(key);
        return key;
    }

    public void Add(ApiKey key) => _byPrefix[key.Prefix] = key;

    public ApiKey? Find(string prefix) => _byPrefix.GetValueOrDefault(prefix);

    /// <summary>Deletes a key, as its user can: from now on it is rejected.</summary>
    public void Delete(ApiKey key) => _byPrefix.TryRemove(key.Prefix, out _);
}

/// <summary>An API key. Clients send <see cref="Token"/> as <c>Authorization: ApiKey prefix.secret</c>.</summary>
/// <param name="Prefix">The public half, by which the server finds the key.</param>
/// <param name="Secret">The secret half.</param>
/// <param name="User">Whose key it is.</param>
/// <param name="Scopes">What it opens, see <see cref="ApiScope"/>.</param>
internal sealed record ApiKey(string Prefix, Secret Secret, HopsworksUser User, IReadOnlySet<string> Scopes)
{
    /// <summary>The whole key as a user's apiKeyFile holds it: prefix, dot, secret.</summary>
    public Secret Token => new($"{Prefix}.{Secret.Reveal()}");
}

/// <summary>Scopes of an API key, in Hopsworks' spelling.</summary>
internal static class ApiScope
{
    /// <summary>All calls under <c>/kafka</c>.</summary>
    public const string Kafka = "KAFKA";

    /// <summary>Projects and their certificates.</summary>
    public const string Project = "PROJECT";

    /// <summary>The feature store, among it the connector that names the external brokers.</summary>
    public const string FeatureStore = "FEATURESTORE";

    /// <summary>Jobs, and the expectations on the rows of a feature group.</summary>
    public const string Job = "JOB";
}
