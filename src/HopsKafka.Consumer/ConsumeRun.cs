using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Live;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Consumer.Statistics;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer;

/// <summary>One run of avro-consumer: prepares what a session needs, and draws beside it.</summary>
internal sealed class ConsumeRun(ConsumeRequest request)
{
    /// <summary>Consumes until the run ends.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: print the events that were read, commit, leave the group.</param>
    /// <returns>The exit code: failed if an offset was not committed, an event was skipped with --fail-on-skip, or --verify found a fault.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (request.DecodeFile is { } letters)
        {
            return await new DeadLetterPrinter(letters, request.Output).RunAsync(stop);
        }

        var filter = new EventFilter(request.Output.Conditions, request.Output.Key);
        var check = new SchemaCheck(request.Output, request.Plot, filter);
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: request.FeatureGroup is null);
        var group = request.Group ?? config.Kafka.GroupId ?? throw new HopsKafkaException(
            $"{config.File} names no consumer group.", "Set group_id in [kafka.consumer], or use --group.", ExitCode.Usage);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var rows = request.FeatureGroup is { } name ? await FeatureGroupTopic.FindAsync(config, name, stop) : null;
        if (rows is not null)
        {
            config = rows.Config;
            rows.Select(filter);
        }

        using var registry = RegistryAccess.Connect(config);

        // RetryingDecoder retries by itself, and logs an outage once.
        using var withoutRetries = RegistryAccess.ConnectOnce(config);
        var schemas = new SchemaCache<WriterSchema>(id => withoutRetries.GetSchemaAsync(id), (id, text) => WriterSchema.Of(id, text, config.Kafka.Schema));
        var decoding = await DecodingAsync(registry, config, stop) with { FeatureGroupSchema = rows?.SchemaId };
        check.Check(decoding.Reader);
        var checking = request.Output.NeedsRegistry ? CheckTopicAsync(check, withoutRetries, config, decoding.Reader, stop) : Task.FromResult<AvroType?>(null);
        var decoder = new EventDecoder(schemas, decoding);
        var settings = KafkaClientConfig.Consumer(config, certificates, group);
        settings.EnableAutoCommit = request.Positions.Commits;
        if (request.Positions.Tail is not null)
        {
            // If retention deletes events while they are read, reading continues with the oldest one that is left.
            settings.AutoOffsetReset = AutoOffsetReset.Earliest;
        }

        var counts = new EventCounts();
        using var decodeErrors = new DecodeErrorHandler(request.Errors, decoder.SchemaTextOf, request.Positions.Commits, stop);
        using var statistics = new RunStatistics(counts, decodeErrors);
        using var metrics = request.Plot.LivePort is null ? null : new MetricsPage(statistics, config.Kafka.Topic, group);
        await using var drawing = await PlotOutput.StartAsync(request.Plot, Title(request.FeatureGroup?.ToString() ?? config.Kafka.Topic, group), counts, metrics, stop);
        await using var session = new ConsumeSession(
            request, config, settings, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), decoder, filter, counts, decodeErrors, statistics);
        var code = await session.RunAsync(checking, stop);
        await drawing.FinishAsync();
        return code;
    }

    private async Task<AvroType?> CheckTopicAsync(
        SchemaCheck check, RegistryApi withoutRetries, HopsKafkaConfig config, ReaderSchema? reader, CancellationToken stop)
    {
        await withoutRetries.GetCompatibilityAsync(null, stop);
        return await check.CheckTopicAsync(config, withoutRetries, reader, stop, request.FeatureGroup is null ? null : config.Kafka.Schema);
    }

    private string Title(string topic, string group) => request.Positions.Tail is { } tail ? $"{topic} · last {tail.Count} events"
        : request.Positions.Partitions is { } partitions
        ? $"{topic} · partition{(partitions.Count == 1 ? "" : "s")} {string.Join(", ", partitions)}"
        : $"{topic} · group {group}";

    private async Task<DecodeOptions> DecodingAsync(RegistryApi registry, HopsKafkaConfig config, CancellationToken stop)
    {
        var output = request.Output;
        var reader = output.ReaderSchemaFile is { } file ? ReaderSchema.ReadFile(file)
            : request.UseRegistered ? ReaderSchema.OfRegistered((await RegistryAccess.UseRegisteredAsync(registry, config, stop)).SchemaString)
            : null;
        return new DecodeOptions
        {
            Value = output.Value,
            Key = output.Key,
            Reader = reader,
            NeedsReadings = output.ShowsReadings || request.Plot.IsWanted,
            NeedsFields = !output.ShowsReadings || output.Conditions.Count > 0 || request.Plot.NeedsFields,
        };
    }
}
