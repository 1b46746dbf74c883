using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Configuration;
using HopsKafka.Diagnosis;
using HopsKafka.Kafka;
using HopsKafka.Plotting;
using HopsKafka.Registry;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer;

/// <summary>One run of avro-consumer: prepares what it needs, reads, leaves the group, and reports.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class ConsumeRun(ConsumeRequest request)
{
    private static readonly TimeSpan s_leaveTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: print what was read, commit, leave the group.</param>
    /// <returns>The exit code: failed when the group could not be left properly.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = ConfigLoader.Load(request.ConfigFile);
        var group = request.Group ?? config.Kafka.GroupId ?? throw new HopsKafkaException(
            $"{config.File} names no consumer group.", "Write group_id below [kafka.consumer], or use --group.", ExitCode.Usage);
        var certificates = ProjectCertificates.Load(config.Project, DateTimeOffset.UtcNow);
        using var registry = RegistryAccess.Connect(config);
        var schema = request.UseRegistered
            ? SensorSchema.ForReading(await RegistryAccess.UseRegisteredAsync(registry, config, stop))
            : SensorSchema.Load(config.Kafka);
        var decoder = new SensorDeserializer(registry, schema);
        var settings = KafkaSettings.Consumer(config, certificates, group);

        var history = request.PlotFile is null ? null : new ReadingHistory();
        using var file = request.PlotFile is null ? null : ClaimPicture(request.PlotFile);
        await using var picture = file is null ? null : new LivePicture(history!, file, Figure(config.Kafka.Topic, group), Talk.Warning);
        var left = Consume(config, settings, new BrokerDiagnosis(config, certificates), decoder, new EventCounts(history), stop);
        if (picture is not null)
        {
            await picture.FinishAsync();
            Talk.Line($"Drawn to {ShortPath.Of(file!.FullPath)}{(picture.HiddenSensors > 0 ? $"; {picture.HiddenSensors} more sensors found no panel" : "")}.");
        }

        return left ? ExitCode.Ok : ExitCode.Failed;
    }

    private FigureOptions Figure(string topic, string group) => new($"{topic} · group {group}", request.Panels)
    {
        StartsAtOldest = true,
        XLabel = $"the last {ReadingHistory.DefaultCapacity} events of each sensor",
    };

    private static PictureFile ClaimPicture(string path)
    {
        var file = PictureFile.Claim(path);
        if (file.IsOtherName)
        {
            Talk.Line($"Another process draws {path}: this one draws {ShortPath.Of(file.FullPath)}.");
        }

        return file;
    }

    // Returns whether the group was left properly.
    private bool Consume(
        HopsKafkaConfig config, ConsumerConfig settings, BrokerDiagnosis diagnosis, SensorDeserializer decoder, EventCounts counts,
        CancellationToken stop)
    {
        var watch = new BrokerWatch();
        var held = new HeldPartitions(config.Kafka.Topic, settings.GroupId);
        EventReader? reader = null;
        var consumer = KafkaSettings.Build(config, () => Build(settings, watch, held, partitions => reader?.GiveUp(partitions, stop)));
        var clock = Stopwatch.StartNew();
        bool left;
        try
        {
            reader = Prepare(consumer, held, diagnosis, decoder, counts, watch, stop);
            consumer.Subscribe(held.Topic);
            var rate = new EventRate(clock);
            using var progress = request.Quiet
                ? new ProgressLine(() => $"{counts.Printed} events, {rate.Update(counts.Printed):0} events/s")
                : null;
            reader.Run(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Talk.Line("Stopped before the first event.");
        }
        finally
        {
            left = Leave(consumer, counts, clock.Elapsed);
        }

        return left;
    }

    private EventReader Prepare(
        IConsumer<byte[], byte[]> consumer, HeldPartitions held, BrokerDiagnosis diagnosis, SensorDeserializer decoder, EventCounts counts,
        BrokerWatch watch, CancellationToken stop)
    {
        var metadata = TopicProbe.Find(consumer.Handle, watch, held.Topic, diagnosis.NoBrokerWorks, stop);
        diagnosis.CheckAdvertised(metadata);
        var partitions = metadata.Topics.Single(t => t.Topic == held.Topic).Partitions.Count;
        var reader = new EventReader(consumer, held, decoder, new EventPrinter(request.Quiet), counts, watch)
        {
            Ends = request.ExitAtEnd ? EndOffsets.Of(consumer, held.Topic, partitions, stop) : null,
            MaxEvents = request.MaxEvents,
        };
        watch.StartTelling();
        Talk.Line($"Consuming topic {held.Topic} in group {held.Group}. Press Ctrl-c to exit.");
        return reader;
    }

    private static IConsumer<byte[], byte[]> Build(ConsumerConfig settings, BrokerWatch watch, HeldPartitions held, Action<IReadOnlyCollection<int>> giveUp) =>
        new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => watch.OnError(error))
            .SetLogHandler((_, message) => watch.OnLog(message))
            .SetPartitionsAssignedHandler((_, partitions) => held.Assign(partitions))
            .SetPartitionsRevokedHandler((consumer, partitions) =>
            {
                giveUp([.. partitions.Select(p => p.Partition.Value)]);
                held.Revoke(partitions.Select(p => p.TopicPartition), lost: false, consumer);
            })
            .SetPartitionsLostHandler((consumer, partitions) =>
            {
                giveUp([.. partitions.Select(p => p.Partition.Value)]);
                held.Revoke(partitions.Select(p => p.TopicPartition), lost: true, consumer);
            })
            .SetOffsetsCommittedHandler((_, committed) => TellCommit(committed))
            .Build();

    private static void TellCommit(CommittedOffsets committed)
    {
        if (committed.Error.IsError && committed.Error.Code != ErrorCode.Local_NoOffset)
        {
            Talk.Line($"A commit was refused ({committed.Error.Reason}): the events since the last one will be read again.");
        }
    }

    // Commits the stored offsets and leaves the group, so that the others need not wait for a time-out.
    private static bool Leave(IConsumer<byte[], byte[]> consumer, EventCounts counts, TimeSpan elapsed)
    {
        var left = TryClose(consumer);
        var partitions = string.Join(", ", counts.PerPartition.Select(p => $"partition {p.Key}: {p.Value}"));
        Talk.Line($"Consumed {counts.Printed}{(partitions.Length > 0 ? $" ({partitions})" : "")}, in {elapsed.TotalSeconds:0.0} s.");
        return left;
    }

    private static bool TryClose(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            var closing = Task.Run(consumer.Close);
            if (closing.Wait(s_leaveTime))
            {
                consumer.Dispose();
                return true;
            }

            // Disposing would wait as well: the process ends with the consumer.
            Talk.Warning($"The brokers did not answer within {s_leaveTime.TotalSeconds:0} s: the events since the last commit may be read again.");
        }
        catch (AggregateException e) when (e.InnerException is KafkaException kafka)
        {
            Talk.Warning($"Leaving the group failed ({kafka.Error.Reason}): the events since the last commit may be read again.");
        }

        return false;
    }
}
