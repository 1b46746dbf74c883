using Confluent.SchemaRegistry;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Looks for a schema under a subject. Hopsworks' registry compares texts, so a schema that writes the very same bytes
/// is not found when its text differs; then the registered versions are compared, newest first. Never registers.
/// </summary>
internal static class SchemaSearch
{
    /// <returns>What was found; nothing at all when the subject has no version.</returns>
    /// <exception cref="HopsworksException">The registry refused (40401: no such subject) or is unavailable.</exception>
    public static async Task<SchemaSearchResult> FindAsync(RegistryApi registry, LocalSchema local, CancellationToken cancellationToken = default)
    {
        try
        {
            return new SchemaSearchResult(await registry.LookupSchemaAsync(local.FullName, local.Text, cancellationToken).ConfigureAwait(false), null, null);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SchemaNotFound)
        {
            return await MatchVersionsAsync(registry, local.FullName, local, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Compares a schema with the versions of a subject, newest first, until one writes the same bytes.</summary>
    public static async Task<SchemaSearchResult> MatchVersionsAsync(
        RegistryApi registry, string subject, LocalSchema local, CancellationToken cancellationToken)
    {
        var versions = await registry.GetSubjectVersionsAsync(subject, cancellationToken).ConfigureAwait(false);
        SchemaSearchResult? latest = null;
        foreach (var version in versions.OrderDescending())
        {
            var registered = await registry.GetRegisteredSchemaAsync(subject, version, cancellationToken).ConfigureAwait(false);
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
internal sealed record SchemaSearchResult(RegisteredSchema? Found, RegisteredSchema? Latest, SchemaDifference? Difference);
