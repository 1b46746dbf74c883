using System.Collections.Concurrent;
using System.Security.Cryptography;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>The API keys of the embedded Hopsworks. Safe for use by many threads.</summary>
public sealed class ApiKeyStore
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ConcurrentDictionary<string, ApiKey> _byPrefix = new(StringComparer.Ordinal);

    /// <summary>Makes a new random key (prefix of 16, secret of 64 characters, as Hopsworks does).</summary>
    /// <param name="user">Whose key it is.</param>
    /// <param name="scopes">What it opens, see <see cref="ApiScope"/>.</param>
    /// <returns>The key, which works from now on.</returns>
    public ApiKey Create(HopsworksUser user, params string[] scopes)
    {
        var prefix = RandomNumberGenerator.GetString(Alphabet, 16);
        var secret = new Secret(RandomNumberGenerator.GetString(Alphabet, 64));
        var key = new ApiKey(prefix, secret, user, scopes.ToHashSet(StringComparer.Ordinal));
        _byPrefix[key.Prefix] = key;
        return key;
    }

    /// <summary>Finds a key by its public half.</summary>
    /// <param name="prefix">What stands before the dot.</param>
    /// <returns>The key, or null.</returns>
    public ApiKey? Find(string prefix) => _byPrefix.GetValueOrDefault(prefix);

    /// <summary>Deletes a key, as its user can: from now on it is refused.</summary>
    /// <param name="key">The key.</param>
    public void Delete(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _byPrefix.TryRemove(key.Prefix, out _);
    }
}
