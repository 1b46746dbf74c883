using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>Connects the tools to the schema registry, and logs warnings.</summary>
internal static class RegistryAccess
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    /// <summary>Connects to the configured registry.</summary>
    public static RegistryApi Connect(HopsKafkaConfig config)
    {
        WarnOnce(config);
        return new RegistryApi(Options(config, ConsoleLog.Logger));
    }

    /// <summary>Connects to the registry for a caller with its own retries: each call is one attempt, and nothing is logged.</summary>
    public static RegistryApi ConnectOnce(HopsKafkaConfig config)
    {
        WarnOnce(config);
        return new RegistryApi(Options(config, null) with { MaxAttempts = 1 });
    }

    /// <summary>Connects to the topics of the configured project.</summary>
    public static TopicClient ConnectTopics(HopsKafkaConfig config)
    {
        WarnOnce(config);
        return new TopicClient(Options(config.ForOwnProject(), ConsoleLog.Logger));
    }

    /// <summary>Connects to the feature stores that the configured project may use.</summary>
    public static FeatureStoreClient ConnectFeatureStore(HopsKafkaConfig config)
    {
        WarnOnce(config);
        return FeatureStoreClient.From(config, Options(config, ConsoleLog.Logger));
    }

    /// <summary>Connects to the topics of the configured project for optional calls: each is one attempt, and nothing is logged.</summary>
    public static TopicClient ConnectTopicsOnce(HopsKafkaConfig config)
    {
        WarnOnce(config);
        return new TopicClient(Options(config.ForOwnProject(), null) with { MaxAttempts = 1 });
    }

    /// <summary>Finds the id of the local schema; logs a warning if it is registered with another text.</summary>
    /// <exception cref="HopsKafkaException">The local schema is not registered, or the registry cannot be used.</exception>
    public static async Task<ResolvedSchema> ResolveAsync(
        RegistryApi client, HopsKafkaConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        var schema = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchemaSource.Load(config.Kafka)), cancellationToken);
        if (schema.Warning is not null)
        {
            ConsoleLog.Warning(schema.Warning, WarningCodes.SchemaDiffers, schema.Details);
        }

        return schema;
    }

    /// <summary>Fetches the latest registered schema to use instead of the local one; logs their differences.</summary>
    /// <param name="config">The configuration: <c>[kafka] schema</c> is the subject.</param>
    /// <returns>The latest version.</returns>
    /// <exception cref="HopsKafkaException">The subject has no schema, the registry cannot be used, or the local schema file cannot be read.</exception>
    public static async Task<RegisteredSchema> UseRegisteredAsync(
        RegistryApi client, HopsKafkaConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(config);
        var local = LocalSchema.Load(config.Kafka);
        var latest = await client.GetLatestSchemaAsync(config.Kafka.Schema, cancellationToken);
        var what = $"Using the registered schema, {DisplayText.Of(latest.Subject)} version {latest.Version} (id {latest.Id})";
        if (local is null)
        {
            ConsoleLog.Info($"{what}: [kafka] schema_file names no local one.");
            return latest;
        }

        var difference = SchemaDifference.Between(local, latest.SchemaString);
        if (difference.Match == SchemaMatch.Same)
        {
            ConsoleLog.Info($"{what}: it is the same as the local one.");
        }
        else
        {
            var extent = difference.Match == SchemaMatch.SameBytes ? " in its text only" : "";
            ConsoleLog.Warning($"{what}. The local one differs{extent}:", WarningCodes.SchemaDiffers, difference.Lines);
        }

        return latest;
    }

    /// <summary>Logs a warning if Hopsworks names another subject for the topic than the configuration; nothing if it does not respond within two seconds.</summary>
    public static async Task WarnOfOtherSubjectAsync(HopsKafkaConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(s_timeout);
        try
        {
            using var topics = ConnectTopicsOnce(config);
            if (TopicSubject.Mismatch(await topics.FindSubjectAsync(config.Kafka.Topic, limited.Token), config.Kafka) is { } mismatch)
            {
                ConsoleLog.Warning(mismatch, WarningCodes.OtherSubject, remedy: TopicSubject.Remedy, fields: new LogFields(Topic: config.Kafka.Topic));
            }
        }
        catch (SchemaRegistryException e)
        {
            ConsoleLog.Detail($"The subject of topic {config.Kafka.Topic} is unknown: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ConsoleLog.Detail($"The subject of topic {config.Kafka.Topic} is unknown: Hopsworks did not respond within {s_timeout.TotalSeconds:0} s.");
        }
    }

    private static HopsworksClientOptions Options(HopsKafkaConfig config, ILogger? logger) =>
        HopsworksClientOptions.From(config, logger) with { ExplainLostConnection = LostConnection.ExplainAsync };

    private static void WarnOnce(HopsKafkaConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.UncheckedServer is { } uncheckedServer)
        {
            ConsoleLog.WarningOnce(uncheckedServer, WarningCodes.CertificateNotChecked);
        }

        if (config.Api.FindConflict() is { } conflict)
        {
            ConsoleLog.WarningOnce(conflict, WarningCodes.ApiKeyConflict);
        }
    }
}
