using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>Finds the schema id to write with. Never registers.</summary>
internal static class SchemaResolver
{
    /// <summary>Looks up the local schema under the subject of its full name.</summary>
    /// <returns>The id to write with, and a warning when only another text is registered.</returns>
    /// <exception cref="HopsworksException">The registry rejected the request (40401: no such subject) or is unavailable.</exception>
    /// <exception cref="HopsKafkaException">No registered version writes the same bytes; the details have the difference.</exception>
    public static async Task<ResolvedSchema> ResolveAsync(
        RegistryApi client, LocalSchema local, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(local);
        var finding = await SchemaSearch.FindAsync(client, local, cancellationToken);
        return finding switch
        {
            { Found: null } => throw Mismatch(local, finding),
            { Difference: null } => new ResolvedSchema(finding.Found.Id, finding.Found.Version, local.Text),
            _ => new ResolvedSchema(finding.Found.Id, finding.Found.Version, local.Text, Warning(finding.Found))
            {
                Details = finding.Difference.Lines,
            },
        };
    }

    private static string Warning(RegisteredSchema registered) =>
        $"The local schema is registered as {registered.Subject} version {registered.Version} (id {registered.Id}) with another text; "
        + "both write the same bytes, so that id is used.";

    private static HopsKafkaException Mismatch(LocalSchema local, SchemaSearchResult finding) => finding.Latest is not { } latest
        ? new HopsKafkaException(
            $"Subject {local.FullName} of the registry has no version.",
            "Register the local schema with hops-kafka setup, or in Hopsworks (Kafka, schemas, New Avro Schema).")
        : new HopsKafkaException(
            $"The local schema is not registered under subject {local.FullName}; this is how it differs from the latest version, "
            + $"{latest.Version} (id {latest.Id}):",
            "Use --use-registered, set [kafka] schema_file to a file with the registered schema, or register the local one with hops-kafka setup.")
        {
            Details = finding.Difference!.Lines,
        };
}

/// <summary>A schema to write with, and its id in the registry.</summary>
/// <param name="Id">The schema's id, for the framing.</param>
/// <param name="Version">Its version within the subject; null when it is not known.</param>
/// <param name="Text">The text by which values are written.</param>
/// <param name="Warning">One line for the user when the registered text is another; null when it is the same.</param>
internal sealed record ResolvedSchema(int Id, int? Version, string Text, string? Warning = null)
{
    /// <summary>What differs, a line each, below the warning; null for nothing.</summary>
    public IReadOnlyList<string>? Details { get; init; }
}
