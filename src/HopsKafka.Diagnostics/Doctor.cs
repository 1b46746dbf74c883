using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Checks, in order, everything that the tools need, and goes on as far as it can. What depends on a failed check is skipped, so
/// that the report names the root of a fault and not its echoes. Takes less than 30 s, whatever hangs.
/// </summary>
/// <param name="request">What is to be checked.</param>
/// <param name="told">Told of each result as soon as it is known, in order.</param>
/// <param name="logger">Gets what the clients log.</param>
internal sealed class Doctor(DoctorRequest request, Action<CheckResult> told, ILogger logger)
{
    private const string Metadata = "metadata";

    /// <summary>Makes all checks.</summary>
    public async Task<DoctorReport> RunAsync(CancellationToken stop)
    {
        var checkup = new CheckRunner(told, stop);
        ConsumerGroup? group = null;
        if (await new ConfigChecks(checkup).LoadAsync(request.ConfigFile, request.Environment) is { } config)
        {
            group = await ExamineAsync(checkup, config);
        }
        else
        {
            checkup.Skip("everything else", "because config failed");
        }

        return new DoctorReport(checkup.Results, group, checkup.Elapsed);
    }

    private async Task<ConsumerGroup?> ExamineAsync(CheckRunner checkup, HopsKafkaConfig config)
    {
        var missing = await new ConfigChecks(checkup).FilesAsync(config);
        var certificates = await new ConfigChecks(checkup).CertificatesAsync(config, missing);
        var (group, works) = await KafkaAsync(checkup, config, certificates);
        var schema = await new RegistryChecks(checkup, config).RunAsync(missing);
        if (request.RoundTrip)
        {
            await RoundTripAsync(checkup, config, works ? certificates : null, schema);
        }

        return group;
    }

    private async Task<(ConsumerGroup? Group, bool Works)> KafkaAsync(CheckRunner checkup, HopsKafkaConfig config, ProjectCertificates? certificates)
    {
        var brokers = new BrokerChecks(checkup, config, certificates);
        var bootstrap = await brokers.BootstrapAsync();
        if (certificates is null || bootstrap.Count == 0)
        {
            var because = certificates is null ? "because key and certificate cannot be used" : "because no broker works";
            SkipAll(checkup, because, [Metadata, "advertised brokers", .. TopicChecks.Names(config.Kafka.Topic), IdempotenceCheck.Name, "group"]);
            return default;
        }

        var name = request.Group ?? config.Kafka.GroupId;
        var watch = new ConnectionMonitor(logger);
        var consumer = ConsumerGroupClient.Consumer(config, certificates, name ?? "hops-kafka-doctor", watch);
        var topic = new TopicChecks(checkup, config, consumer, watch, request.RoundTrip);
        if (await topic.MetadataAsync() is not { } metadata)
        {
            await ReleaseAsync(topic, consumer);
            SkipAll(
                checkup,
                $"because {Metadata} failed",
                ["advertised brokers", .. TopicChecks.Names(config.Kafka.Topic), IdempotenceCheck.Name, "group"]);
            return default;
        }

        var advertised = metadata.Brokers.Select(b => (b.BrokerId, new ServerAddress(b.Host, b.Port))).OrderBy(b => b.BrokerId).ToList();
        var reachable = await brokers.AdvertisedAsync(advertised, bootstrap);
        var works = await TopicAsync(checkup, config, topic, metadata, reachable);
        await new IdempotenceCheck(checkup, config, certificates).RunAsync(bootstrap[0]);
        var group = await new GroupCheck(checkup, config, consumer).RunAsync(name, works);
        await ReleaseAsync(topic, consumer);
        return (group, works);
    }

    private static async Task<bool> TopicAsync(
        CheckRunner checkup, HopsKafkaConfig config, TopicChecks topic, Metadata metadata, bool reachable)
    {
        var names = TopicChecks.Names(config.Kafka.Topic);
        if (!await topic.ExistsAsync(metadata))
        {
            SkipAll(checkup, $"because {names[0]} failed", names[1..]);
            return false;
        }

        if (!reachable)
        {
            SkipAll(checkup, "because an advertised broker cannot be used", names[1..]);
            return false;
        }

        var readable = await topic.ReadableAsync();
        await topic.WritableAsync();
        return readable;
    }

    private async Task RoundTripAsync(
        CheckRunner checkup, HopsKafkaConfig config, ProjectCertificates? certificates, ResolvedSchema? schema)
    {
        if (certificates is null || schema is null)
        {
            checkup.Skip(RoundTripCheck.Name, $"because the {(certificates is null ? "topic cannot be used" : "schema is not known")}");
            return;
        }

        await new RoundTripCheck(checkup, config, certificates, schema, logger).RunAsync();
    }

    // A check that hangs in librdkafka would hold this up for as long.
    private static async Task ReleaseAsync(params IDisposable[] clients)
    {
        var released = Task.Run(() => Array.ForEach(clients, client => client.Dispose()));
        await Task.WhenAny(released, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    private static void SkipAll(CheckRunner checkup, string because, string[] names)
    {
        foreach (var name in names)
        {
            checkup.Skip(name, because);
        }
    }
}

/// <summary>What is to be checked.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The consumer group; null for that of the configuration.</param>
/// <param name="RoundTrip">Whether to send one event there and back.</param>
internal sealed record DoctorRequest(string ConfigFile, IReadOnlyDictionary<string, string> Environment, string? Group, bool RoundTrip);
