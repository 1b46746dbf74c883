using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Checks in order everything that the tools need. Checks that depend on a failed one are skipped, so that the report names the cause of a
/// fault and not its consequences. Takes less than 30 s, whatever hangs.
/// </summary>
/// <param name="request">What to check.</param>
/// <param name="onResult">Called with each result as soon as it is known, in order.</param>
/// <param name="logger">Receives the log of the clients.</param>
internal sealed class Doctor(DoctorRequest request, Action<CheckResult> onResult, ILogger logger)
{
    private const string Metadata = "metadata";

    /// <summary>Runs all checks.</summary>
    public async Task<DoctorReport> RunAsync(CancellationToken stop)
    {
        var checks = new CheckRunner(onResult, stop);
        ConsumerGroup? group = null;
        if (await new ConfigChecks(checks).LoadAsync(request.Load) is { } config)
        {
            group = await ExamineAsync(checks, config);
        }
        else
        {
            checks.Skip("everything else", "because config failed");
        }

        return new DoctorReport(checks.Results, group, checks.Elapsed);
    }

    private async Task<ConsumerGroup?> ExamineAsync(CheckRunner checks, HopsKafkaConfig config)
    {
        var missing = await new ConfigChecks(checks).FilesAsync(config);
        var certificates = await new ConfigChecks(checks).CertificatesAsync(config, missing);
        var (group, works) = await KafkaAsync(checks, config, certificates);
        var schema = await new RegistryChecks(checks, config).RunAsync(missing);
        if (request.RoundTrip)
        {
            await RoundTripAsync(checks, config, works ? certificates : null, schema);
        }

        return group;
    }

    private async Task<(ConsumerGroup? Group, bool Works)> KafkaAsync(CheckRunner checks, HopsKafkaConfig config, ProjectCertificates? certificates)
    {
        var brokers = new BrokerChecks(checks, config, certificates);
        var bootstrap = await brokers.BootstrapAsync();
        if (certificates is null || bootstrap.Count == 0)
        {
            var because = certificates is null ? "because key and certificate cannot be used" : "because no broker works";
            SkipAll(checks, because, [Metadata, "advertised brokers", .. TopicChecks.Names(config.Kafka.Topic), IdempotenceCheck.Name, "group"]);
            return default;
        }

        var name = request.Group ?? config.Kafka.GroupId;
        var connections = new ConnectionMonitor(logger);
        var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, name ?? "hops-kafka-doctor", connections);
        var topic = new TopicChecks(checks, config, consumer, connections, request.RoundTrip);
        if (await topic.MetadataAsync() is not { } metadata)
        {
            await ReleaseAsync(topic, consumer);
            SkipAll(
                checks,
                $"because {Metadata} failed",
                ["advertised brokers", .. TopicChecks.Names(config.Kafka.Topic), IdempotenceCheck.Name, "group"]);
            return default;
        }

        var advertised = metadata.Brokers.Select(b => (b.BrokerId, new ServerAddress(b.Host, b.Port))).OrderBy(b => b.BrokerId).ToList();
        var reachable = await brokers.AdvertisedAsync(advertised, bootstrap);
        var works = await TopicAsync(checks, config, topic, metadata, reachable);
        await new IdempotenceCheck(checks, config, certificates).RunAsync(bootstrap[0]);
        var group = await new GroupCheck(checks, config, consumer).RunAsync(name, works);
        await ReleaseAsync(topic, consumer);
        return (group, works);
    }

    private static async Task<bool> TopicAsync(
        CheckRunner checks, HopsKafkaConfig config, TopicChecks topic, Metadata metadata, bool reachable)
    {
        var names = TopicChecks.Names(config.Kafka.Topic);
        if (!await topic.ExistsAsync(metadata))
        {
            SkipAll(checks, $"because {names[0]} failed", names[1..]);
            return false;
        }

        if (!reachable)
        {
            SkipAll(checks, "because an advertised broker cannot be used", names[1..]);
            return false;
        }

        var readable = await topic.ReadableAsync();
        await topic.WritableAsync();
        return readable;
    }

    private async Task RoundTripAsync(
        CheckRunner checks, HopsKafkaConfig config, ProjectCertificates? certificates, ResolvedSchema? schema)
    {
        if (certificates is null || schema is null)
        {
            checks.Skip(RoundTripCheck.Name, $"because the {(certificates is null ? "topic cannot be used" : "schema is not known")}");
            return;
        }

        await new RoundTripCheck(checks, config, certificates, schema, logger).RunAsync();
    }

    // Disposing blocks while a check hangs in librdkafka.
    private static async Task ReleaseAsync(params IDisposable[] clients)
    {
        var released = Task.Run(() => Array.ForEach(clients, client => client.Dispose()));
        await Task.WhenAny(released, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    private static void SkipAll(CheckRunner checks, string because, string[] names)
    {
        foreach (var name in names)
        {
            checks.Skip(name, because);
        }
    }
}

/// <summary>What to check.</summary>
/// <param name="Load">Loads the configuration.</param>
/// <param name="Group">The consumer group; null for the configured one.</param>
/// <param name="RoundTrip">Whether to send one event and read it back.</param>
internal sealed record DoctorRequest(Func<CancellationToken, Task<HopsKafkaConfig>> Load, string? Group, bool RoundTrip);
