using Confluent.SchemaRegistry;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Setup;

/// <summary>Registers the local schema under its full name, where the subject has none that writes the same bytes.</summary>
internal sealed class SubjectSetup(RegistryApi registry, LocalSchema local)
{
    /// <summary>Runs.</summary>
    /// <returns>The version in the registry, and whether it is new.</returns>
    /// <exception cref="HopsKafkaException">The registry refused the schema, or cannot be used.</exception>
    public async Task<(RegisteredSchema Schema, bool IsNew)> RunAsync(CancellationToken stop)
    {
        var search = await FindAsync(stop);
        if (search.Found is not { } found)
        {
            return (await RegisterAsync(search, stop), true);
        }

        DataOutput.Line($"Subject {local.FullName} exists: version {found.Version}, id {found.Id}.");
        if (search.Difference is { } difference)
        {
            ConsoleLog.Warning(
                $"Version {found.Version} (id {found.Id}) has another text that writes the same bytes, so nothing is registered.", WarningCodes.SchemaDiffers, difference.Lines);
        }

        return (found, false);
    }

    /// <summary>The latest version of a subject that this machine has no schema for.</summary>
    /// <exception cref="HopsKafkaException">The subject is not registered, or the registry cannot be used.</exception>
    public static async Task<RegisteredSchema> FindRegisteredAsync(RegistryApi registry, string subject, CancellationToken stop)
    {
        try
        {
            var latest = await registry.GetLatestSchemaAsync(subject, stop);
            DataOutput.Line($"Subject {subject} exists: version {latest.Version}, id {latest.Id}.");
            return latest;
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound)
        {
            throw new HopsKafkaException(
                $"Subject {subject} is not registered, and there is no local schema to register: [kafka] schema_file is not set (error {e.ErrorCode}).",
                "Set [kafka] schema_file to a file with the Avro schema of this name, or correct [kafka] schema.",
                ExitCode.Usage,
                e);
        }
    }

    private async Task<SchemaSearchResult> FindAsync(CancellationToken stop)
    {
        try
        {
            return await SchemaSearch.FindAsync(registry, local, stop);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound)
        {
            return new SchemaSearchResult(null, null, null);
        }
    }

    private async Task<RegisteredSchema> RegisterAsync(SchemaSearchResult search, CancellationToken stop)
    {
        if (local.IsTooLong)
        {
            // The server would return 500 without a reason.
            throw new HopsKafkaException(
                $"The schema {local.FullName} has {local.Text.Length} characters; Hopsworks accepts at most {LocalSchema.MaxTextLength}.",
                "Remove white space and doc texts from it.",
                ExitCode.Usage);
        }

        try
        {
            var registered = await registry.RegisterSchemaWithResponseAsync(local.FullName, local.Text, stop);
            DataOutput.Line($"Subject {local.FullName} registered: version {registered.Version}, id {registered.Id}.");
            if (search.Latest is { } latest)
            {
                ConsoleLog.Warning(
                    $"This is how version {registered.Version} (id {registered.Id}, local) differs from version {latest.Version} (id {latest.Id}):",
                    WarningCodes.SchemaDiffers,
                    search.Difference!.Lines);
            }

            return registered;
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.IncompatibleSchema && search.Latest is not null)
        {
            throw await IncompatibleAsync(search, search.Latest, e, stop);
        }
    }

    private async Task<HopsKafkaException> IncompatibleAsync(
        SchemaSearchResult search, RegisteredSchema latest, HopsworksException e, CancellationToken stop)
    {
        var level = await LevelInForce.ReadAsync(registry, local.FullName, stop);
        return new HopsKafkaException(
            $"The local schema cannot follow version {latest.Version} (id {latest.Id}) of subject {local.FullName}: compatibility level {level.Name} "
            + $"of {level.Owner} forbids it (error {e.ErrorCode}). Local against registered:",
            $"{level.Advice} Or use the registered schema (--use-registered of avro-producer and avro-consumer), or give the record another name.",
            innerException: e)
        {
            Details = search.Difference!.Lines,
        };
    }
}

/// <summary>The schema that <c>hops-kafka setup</c> registers.</summary>
internal static class SetupSchema
{
    /// <summary>The schema of <c>--schema</c>, or that of the configuration.</summary>
    /// <param name="request">The validated command line.</param>
    /// <returns>The schema; null when the configuration names a subject and no file.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be used, or the configuration's names do not fit.</exception>
    public static LocalSchema? Load(SetupRequest request, HopsKafkaConfig config) => request.SchemaFile is { } file
        ? LocalSchema.ReadFile(file, "--schema", config.Kafka.Schema)
        : LocalSchema.LoadOfSubject(config.Kafka);
}
