using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Looks for a local schema under its subject. Hopsworks' registry compares texts, so a schema that writes the very same bytes
/// is not found when its text differs; then the registered versions are compared, newest first. Never registers.
/// </summary>
public static class SchemaSearch
{
    /// <summary>Looks.</summary>
    /// <param name="client">The registry.</param>
    /// <param name="local">The local schema; its full name is the subject.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; nothing at all when the subject has no version.</returns>
    /// <exception cref="SchemaRegistryException">The registry refused (40401: no such subject) or stayed away.</exception>
    public static async Task<SchemaSearchResult> FindAsync(
        SchemaRegistryClient client, LocalSchema local, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(local);
        try
        {
            return new SchemaSearchResult(await client.LookupSchemaAsync(local.FullName, new Schema(local.Text), cancellationToken), null, null);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode == HopsworksErrorCode.SchemaNotFound)
        {
            return await MatchVersionsAsync(client, local, cancellationToken);
        }
    }

    private static async Task<SchemaSearchResult> MatchVersionsAsync(
        SchemaRegistryClient client, LocalSchema local, CancellationToken cancellationToken)
    {
        var versions = await client.GetSubjectVersionsAsync(local.FullName, cancellationToken);
        SchemaSearchResult? latest = null;
        foreach (var version in versions.OrderDescending())
        {
            var registered = await client.GetRegisteredSchemaAsync(local.FullName, version, cancellationToken);
            var difference = SchemaDifference.Between(local, registered.SchemaString);
            latest ??= new SchemaSearchResult(null, registered, difference);
            if (difference.Match != SchemaMatch.Different)
            {
                return new SchemaSearchResult(registered, latest.Latest, difference);
            }
        }

        return latest ?? new SchemaSearchResult(null, null, null);
    }
}

/// <summary>What a subject of the registry has of a local schema.</summary>
/// <param name="Found">The version to use: that of the same text, else the newest that writes the same bytes; null for none.</param>
/// <param name="Latest">The latest version, when the text itself is not registered and the subject has versions.</param>
/// <param name="Difference">Local against <paramref name="Found"/>, or else against <paramref name="Latest"/>; null when the text is registered.</param>
public sealed record SchemaSearchResult(RegisteredSchema? Found, RegisteredSchema? Latest, SchemaDifference? Difference);
