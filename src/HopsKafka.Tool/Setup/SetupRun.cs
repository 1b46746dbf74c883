using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Setup;

/// <summary>One run of <c>hops-kafka setup</c>: first the schema, which the topic needs, then the topic.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class SetupRun(SetupRequest request)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop);
        var local = SetupSchema.Load(request, config);
        using var registry = RegistryAccess.Connect(config);
        using var topics = RegistryAccess.ConnectTopics(config);

        var (schema, registered) = local is null
            ? (await SubjectSetup.FindRegisteredAsync(registry, config.Kafka.Schema, stop), false)
            : await new SubjectSetup(registry, local).RunAsync(stop);
        var topic = new TopicSetup(topics, request);
        var created = await topic.RunAsync(config.Kafka.Topic, schema, stop);
        if (!registered && !created)
        {
            DataOutput.Line("Nothing was changed.");
        }

        if (TopicSubject.Mismatch(topic.Found?.Subject, config.Kafka) is { } mismatch)
        {
            ConsoleLog.Warning(mismatch, WarningCodes.OtherSubject, remedy: TopicSubject.Remedy);
        }

        if (schema.Subject != config.Kafka.Schema)
        {
            ConsoleLog.Warning(
                $"[kafka] schema of {config.File} is '{config.Kafka.Schema}', so avro-producer and avro-consumer use that subject.",
                WarningCodes.OtherSchemaConfigured,
                remedy: $"To use the new one, set [kafka] schema to '{schema.Subject}' and [kafka] schema_file to {request.SchemaFile}.");
        }

        return ExitCode.Ok;
    }
}

/// <summary>The validated command line of <c>hops-kafka setup</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="SchemaFile">The schema to register; null for that of the configuration.</param>
/// <param name="Partitions">Partitions of the topic; null for two, or as many as it has.</param>
/// <param name="Replicas">Replication factor of the topic; null for one, or what it has.</param>
/// <param name="Yes">Do not ask before deleting.</param>
internal sealed record SetupRequest(string ConfigFile, string? SchemaFile, int? Partitions, int? Replicas, bool Delete, bool Yes);
