namespace HopsKafka.Tool.Topics;

/// <summary>What <c>hops-kafka topics</c> was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Name">The topic to show; null for the list.</param>
/// <param name="Json">JSON instead of a table.</param>
internal sealed record TopicsRequest(string ConfigFile, string? Name, bool Json);
