using HopsKafka.Groups;

namespace HopsKafka.Tool.Groups;

/// <summary>What <c>hops-kafka groups</c> was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The group; null for all of them.</param>
/// <param name="Reset">Where to set its offsets; null to only look.</param>
/// <param name="Yes">Set them without asking.</param>
/// <param name="Json">JSON instead of a table.</param>
internal sealed record GroupsRequest(string ConfigFile, string? Group, ResetTarget? Reset, bool Yes, bool Json);
