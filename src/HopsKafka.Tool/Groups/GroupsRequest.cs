namespace HopsKafka.Tool.Groups;

/// <summary>The validated command line of <c>hops-kafka groups</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The group; null for all of them.</param>
internal sealed record GroupsRequest(string ConfigFile, string? Group, bool Json)
{
    /// <summary>Where to set its offsets; null for no change.</summary>
    public ResetTarget? Reset { get; init; }

    /// <summary>How far to move its offsets; null for no change.</summary>
    public long? Shift { get; init; }

    /// <summary>Delete the group.</summary>
    public bool Delete { get; init; }

    /// <summary>Only show the change.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Change without asking.</summary>
    public bool Yes { get; init; }
}
