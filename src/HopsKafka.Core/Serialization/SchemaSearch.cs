using HopsKafka.Registry;

namespace HopsKafka.Serialization;

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
    public static async Task<SchemaFinding> FindAsync(
        SchemaRegistryClient client, LocalSchema local, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(local);
        try
        {
            return new SchemaFinding(await client.LookupSchemaAsync(local.FullName, new Schema(local.Text), cancellationToken), null, null);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode == RegistryErrorCode.SchemaNotFound)
        {
            return await MatchVersionsAsync(client, local, cancellationToken);
        }
    }

    private static async Task<SchemaFinding> MatchVersionsAsync(
        SchemaRegistryClient client, LocalSchema local, CancellationToken cancellationToken)
    {
        var versions = await client.GetSubjectVersionsAsync(local.FullName, cancellationToken);
        SchemaFinding? latest = null;
        foreach (var version in versions.OrderDescending())
        {
            var registered = await client.GetRegisteredSchemaAsync(local.FullName, version, cancellationToken);
            var difference = SchemaDifference.Between(local, registered.SchemaString);
            latest ??= new SchemaFinding(null, registered, difference);
            if (difference.Match != SchemaMatch.Different)
            {
                return new SchemaFinding(registered, latest.Latest, difference);
            }
        }

        return latest ?? new SchemaFinding(null, null, null);
    }
}
