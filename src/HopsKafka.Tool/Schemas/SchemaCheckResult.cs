using Confluent.SchemaRegistry;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>How a schema compares to a subject of the registry.</summary>
/// <param name="Level">The level in force.</param>
/// <param name="Registered">The version that has this very text already; null for none.</param>
/// <param name="Versions">The versions that the level compares it with, newest first; none for a new subject or a registered text.</param>
internal sealed record SchemaCheckResult(LevelInForce Level, RegisteredSchema? Registered, IReadOnlyList<CheckedVersion> Versions)
{
    public bool IsCompatible => Versions.All(version => version.IsCompatible);

    /// <summary>Checks a schema; the registry itself decides.</summary>
    /// <exception cref="HopsworksException">The registry refused, or is unavailable.</exception>
    public static async Task<SchemaCheckResult> OfAsync(RegistryApi registry, string subject, LocalSchema local, CancellationToken stop)
    {
        var level = await LevelInForce.ReadAsync(registry, subject, stop);
        try
        {
            return new SchemaCheckResult(level, await registry.LookupSchemaAsync(subject, local.Text, stop), []);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound)
        {
            return new SchemaCheckResult(level, null, []);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SchemaNotFound)
        {
            var numbers = (await registry.GetSubjectVersionsAsync(subject, stop)).OrderDescending().Take(level.IsTransitive ? int.MaxValue : 1);
            return new SchemaCheckResult(level, null, await Task.WhenAll(numbers.Select(number => CheckAsync(registry, subject, local, number, stop))));
        }
    }

    private static async Task<CheckedVersion> CheckAsync(RegistryApi registry, string subject, LocalSchema local, int number, CancellationToken stop)
    {
        var version = await registry.GetRegisteredSchemaAsync(subject, number, stop);
        var isCompatible = await registry.IsCompatibleAsync(subject, local.Text, number, stop);
        return new CheckedVersion(version, isCompatible, SchemaDifference.Between(local, version.SchemaString));
    }
}

/// <summary>A schema against one version.</summary>
/// <param name="IsCompatible">Whether the level allows it after this version.</param>
/// <param name="Difference">The local schema against the version.</param>
internal sealed record CheckedVersion(RegisteredSchema Schema, bool IsCompatible, SchemaDifference Difference);
