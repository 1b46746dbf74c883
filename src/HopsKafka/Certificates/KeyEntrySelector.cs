using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>Chooses the key entry of a store.</summary>
internal static class KeyEntrySelector
{
    /// <summary>The entry of the wanted alias, compared in lower case as keytool does; without one, the only entry.</summary>
    /// <param name="source">Where it is from, and the alias.</param>
    /// <exception cref="HopsKafkaException">There is no key entry, or more than one.</exception>
    public static StoredKey Select(StoreContent store, StoreSource source)
    {
        if (store.Keys.Count == 0)
        {
            throw source.Refuse(
                $"holds no private key, only {Count(store.Certificates.Count, "certificate")}",
                "Name keyStore.jks here: the trust store has certificates only.");
        }

        if (source.Alias is null)
        {
            return store.Keys.Count == 1
                ? store.Keys[0]
                : throw source.Refuse(
                    $"holds {store.Keys.Count} private keys: {Names(store)}", $"Choose one with {source.AliasSetting}.");
        }

        var alias = source.Alias.ToLowerInvariant();
        var found = store.Keys.Where(key => key.Alias == alias).ToList();
        return found switch
        {
            [var key] => key,
            [] when store.CertificateAliases.Contains(alias, StringComparer.OrdinalIgnoreCase) => throw source.Refuse(
                $"holds a certificate under {alias} and no private key", $"Choose one of its keys with {source.AliasSetting}: {Names(store)}."),
            [] => throw source.Refuse($"holds no private key {alias}, only {Names(store)}", $"Correct {source.AliasSetting}."),
            _ => throw source.Refuse($"holds {found.Count} private keys of the name {alias}", "Give each a name of its own."),
        };
    }

    /// <summary>A number with its noun.</summary>
    internal static string Count(int count, string noun) => count == 1 ? $"one {noun}" : $"{count} {noun}s";

    private static string Names(StoreContent store) => string.Join(", ", store.Keys.Select(key => key.Alias));
}
