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
/// <param name="request">What was asked for.</param>
internal sealed class ConsumeRun(ConsumeRequest request)
{
    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: print what was read, commit, leave the group.</param>
    /// <returns>The exit code: failed when the group could not be left properly.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (request.DecodeFile is { } letters)
        {
            return await new DeadLetterPrinter(letters, request.Output).RunAsync(stop);
        }

        var filter = new EventFilter(request.Output.Conditions, request.Output.Key);
        var check = new SchemaCheck(request.Output, request.Plot, filter);
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop);
        var group = request.Group ?? config.Kafka.GroupId ?? throw new HopsKafkaException(
            $"{config.File} names no consumer group.", "Write group_id below [kafka.consumer], or use --group.", ExitCode.Usage);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        using var registry = RegistryAccess.Connect(config);

        // The loop of the reader tries again by itself, and tells it once.
        using var patient = RegistryAccess.ConnectOnce(config);
        var schemas = new SchemaCache<WriterSchema>(id => patient.GetSchemaAsync(id), (id, text) => WriterSchema.Of(id, text, config.Kafka.Schema));
        var decoding = await DecodingAsync(registry, config, stop);
        check.Check(decoding.Reader);
        var checking = request.Output.NeedsRegistry ? CheckAsync(check, patient, config, decoding.Reader, stop) : Task.FromResult<AvroType?>(null);
        var decoder = new EventDecoder(schemas, decoding);
        var settings = KafkaClientConfig.Consumer(config, certificates, group);
        settings.EnableAutoCommit = request.Positions.Commits;
        if (request.Positions.Tail is not null)
        {
            // What is deleted while it is read leaves the older end of what is wanted.
            settings.AutoOffsetReset = AutoOffsetReset.Earliest;
        }


        var counts = new EventCounts();
        using var desk = new DecodeErrorHandler(request.Errors, decoder.SchemaTextOf, request.Positions.Commits, stop);
        using var statistics = new RunStatistics(counts, desk);
        using var metrics = request.Plot.LivePort is null ? null : new MetricsPage(statistics, config.Kafka.Topic, group);
        await using var drawing = await Drawing.StartAsync(request.Plot, Title(config.Kafka.Topic, group), counts, metrics, stop);
        await using var session = new ConsumeSession(
            request, config, settings, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), decoder, filter, counts, desk, statistics);
        var code = await session.RunAsync(checking, stop);
        await drawing.FinishAsync();
        return code;
    }

    private static async Task<AvroType?> CheckAsync(
        SchemaCheck check, RegistryApi patient, HopsKafkaConfig config, ReaderSchema? reader, CancellationToken stop)
    {
        await patient.GetCompatibilityAsync(null, stop);
        return await check.CheckTopicAsync(config, patient, reader, stop);
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
