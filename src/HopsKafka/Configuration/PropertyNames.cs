namespace HopsKafka.Configuration;

/// <summary>Finds librdkafka's properties by any spelling: with <c>.</c>, with <c>_</c>, or a mix.</summary>
internal static class PropertyNames
{
    // Properties whose value is a secret, or may hold one.
    private static readonly HashSet<string> s_secret =
    [
        "https.ca.pem", "sasl.oauthbearer.assertion.private.key.passphrase", "sasl.oauthbearer.assertion.private.key.pem",
        "sasl.kerberos.kinit.cmd", "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config", "sasl.oauthbearer.extensions",
        "sasl.password", "sasl.username", "ssl.ca.pem", "ssl.certificate.pem", "ssl.key.password", "ssl.key.pem",
        "ssl.keystore.password",
    ];

    private static readonly Dictionary<string, (string Name, PropertyScope Scope)> s_byFolded =
        Named(PropertyTable.Both, PropertyScope.Both)
            .Concat(Named(PropertyTable.Producer, PropertyScope.Producer))
            .Concat(Named(PropertyTable.Consumer, PropertyScope.Consumer))
            .ToDictionary(p => Fold(p.Name));

    /// <summary>All names as librdkafka spells them, aliases included.</summary>
    public static IEnumerable<string> All => s_byFolded.Values.Select(p => p.Name);

    /// <summary>
    /// The property for a spelling, by the name that is also used for its aliases; null if unknown.
    /// </summary>
    /// <param name="spelt">The name as written.</param>
    public static (string Name, PropertyScope Scope)? Find(string spelt) =>
        s_byFolded.TryGetValue(Fold(spelt), out var known)
            ? (PropertyTable.Aliases.GetValueOrDefault(known.Name, known.Name), known.Scope)
            : null;

    /// <summary>True when the value must not be printed.</summary>
    /// <param name="name">A name as <see cref="Find"/> gives it.</param>
    public static bool IsSecret(string name) => s_secret.Contains(name);

    private static string Fold(string name) => name.Replace('_', '.');

    private static IEnumerable<(string Name, PropertyScope Scope)> Named(string names, PropertyScope scope) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(n => (n, scope));
}
