namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>A feature as the feature store describes it.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Type">Type in the offline table, as its creator wrote it.</param>
/// <param name="OnlineType">Type in the online table; null in a group without one.</param>
/// <param name="Primary">Whether it belongs to the primary key.</param>
internal sealed record StoredFeature(string Name, string Type, string? OnlineType = null, bool Primary = false)
{
    private static readonly string[] s_complex = ["array", "map", "struct", "uniontype"];

    public bool Partition { get; init; }

    public bool OnDemand { get; init; }

    /// <summary>The feature as a group with or without an online table has it.</summary>
    public StoredFeature For(bool onlineEnabled) => this with { OnlineType = onlineEnabled ? OnlineType ?? DefaultOnlineType() : null };

    private string DefaultOnlineType() => FeatureAvroType.Normalize(Type) switch
    {
        "boolean" => "tinyint",
        "string" => "varchar(100)",
        "binary" => "varbinary(100)",
        var type when s_complex.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)) => "varbinary(100)",
        var type => type,
    };
}
