namespace HopsKafka.Configuration;

/// <summary>The tables and keys that config.toml and the environment may set.</summary>
internal static class ConfigSchema
{
    /// <summary>What the names of the environment's variables begin with.</summary>
    public const string VariablePrefix = "HOPSKAFKA_";

    /// <summary>The array of tables with the emulated sensors.</summary>
    public const string Sensor = "sensor";

    /// <summary>The tables below <c>[kafka]</c> that hold librdkafka properties under names of their own.</summary>
    public static IReadOnlyList<string> PropertyTables { get; } = ["properties", "producer", "consumer"];

    /// <summary>The keys of each table at the top; property tables are not among them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["hops"] = ["url", "port", "verify"],
            ["project"] =
            [
                "name", "id", "keystore", "truststore", "store_password", "store_password_file", "key_alias",
                "ca_file", "certificate_file", "key_file", "key_password", "feature_store",
            ],
            ["kafka"] =
            [
                "topic", "schema", "port", "bootstrap_servers", "schema_file", "registry_project",
                "security_protocol", "sasl_mechanism", "sasl_username", "sasl_password", TopicSection.Topics,
            ],
            ["api"] = ["base", "key", "key_file"],
            [Sensor] = ["id", "baseline", "slope", "period", "amplitude", "noise", "phase"],
        };

    /// <summary>The variable that sets a key: <c>HOPSKAFKA_API__KEY</c>.</summary>
    /// <param name="path">Table, key, and what is between.</param>
    public static string Variable(params IEnumerable<string> path) =>
        VariablePrefix + string.Join("__", path.Select(p => p.Replace('.', '_'))).ToUpperInvariant();

    /// <summary>The header of a table as written in the file.</summary>
    public static string Header(string table) => table == Sensor ? $"[[{table}]]" : $"[{table}]";
}
