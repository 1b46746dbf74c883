namespace HopsKafka.Tool.Schemas;

/// <summary>What <c>hops-kafka schemas</c> was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Name">The subject to show; null for the list.</param>
/// <param name="Version">Its version to print, a number or <see cref="Latest"/>; null for all.</param>
/// <param name="Json">JSON instead of a table.</param>
internal sealed record SchemasRequest(string ConfigFile, string? Name, string? Version, bool Json)
{
    /// <summary>Stands for the number of the latest version.</summary>
    public const string Latest = "latest";
}
