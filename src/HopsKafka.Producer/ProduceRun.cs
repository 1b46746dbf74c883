using System.Diagnostics;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.Producer.Resuming;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>One run of avro-producer: prepares what it needs, pumps the events, waits for their delivery, and reports.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class ProduceRun(ProduceRequest request)
{
    // Where the run starts; null while that is not known.
    private long? _firstStep = request.Resume ? null : request.FirstStep;

    /// <summary>The clock: its time of the day is that of the events, which may be set back or forward; rounds are paced without it.</summary>
    public TimeProvider Time { get; init; } = CommandContext.Current.Time;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: stop, flush, report.</param>
    /// <returns>The exit code: failed when any event was not delivered.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (request.DryRun)
        {
            return new DryRun(request).Run(stop);
        }

        try
        {
            return await RunAsync(CommandContext.Current.LoadConfig(request.ConfigFile), stop);
        }
        catch (OperationCanceledException)
        {
            // By a signal, or because the reader of stdout went away.
            ConsoleLog.Report($"Stopped before the first event: {(_firstStep is { } step ? $"to continue execution start from event {step}" : "--resume searches the topic again")}");
            return ExitCode.Ok;
        }
    }

    private async Task<int> RunAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        var tracks = SensorState.For(request, config.Sensors);
        // The registry is asked while the certificates are read and the brokers are called: each takes its time.
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var resolving = Task.Run(() => SerializerAsync(config, abandon.Token), CancellationToken.None);
        try
        {
            var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
            if (request.Resume)
            {
                await resolving;
                using var finder = new ResumeFinder(config, certificates, request);
                tracks = await finder.FindAsync(tracks, stop);
                _firstStep = tracks.Min(track => track.FirstStep);
                if (_firstStep >= request.EndStep)
                {
                    return TellAllSent(config.Kafka.Topic, _firstStep.Value, stop);
                }
            }

            return await ProduceAsync(config, tracks, certificates, resolving, stop);
        }
        finally
        {
            // When the run ends without it, its failure is not the one to tell.
            await abandon.CancelAsync();
            await ((Task)resolving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SensorSerializer> SerializerAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        using var registry = RegistryAccess.Connect(config);
        if (request.UseRegistered)
        {
            var registered = await RegistryAccess.UseRegisteredAsync(registry, config, stop);
            await RegistryAccess.WarnOfOtherSubjectAsync(config, stop);
            return new SensorSerializer(registered.Id, SensorSchemaSource.ForWriting(registered).Text);
        }

        var schema = await RegistryAccess.ResolveAsync(registry, config, stop);
        await RegistryAccess.WarnOfOtherSubjectAsync(config, stop);
        return new SensorSerializer(schema.Id, schema.Text);
    }

    private async Task<int> ProduceAsync(
        HopsKafkaConfig config,
        IReadOnlyList<SensorState> tracks,
        ProjectCertificates certificates,
        Task<SensorSerializer> resolving,
        CancellationToken stop)
    {
        var watch = new ConnectionMonitor(ConsoleLog.Logger);
        var answers = new BrokerResponseTimes();
        var ledger = new DeliveryLedger([.. tracks.Select(track => track.FirstStep)]);
        var numbers = new DeliveryTag(tracks);
        using var outputEnded = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, outputEnded.Token);
        HopsKafkaException? outputFailure = null;
        using var printer = new DeliveryPrinter(
            config.Kafka.Topic,
            failure =>
            {
                outputFailure = failure;
                outputEnded.Cancel();
            },
            stop);
        using var listener = new SensorDeliveries(numbers, ledger, watch, request.Quiet ? null : printer) { Answer = () => answers.Last };
        using var session = new ProduceSession(config, certificates, config.Kafka.Topic, ledger, listener, watch, answers, printer);
        var serializer = await resolving;
        session.Find([config.Kafka.Topic], ending.Token);
        ConsoleLog.Report($"Producing sensor events to topic {config.Kafka.Topic}.", new LogFields(Topic: config.Kafka.Topic));
        ConsoleLog.Report("Press Ctrl-c to exit.");
        var elapsed = Pump(session, new EventSender(session.Producer, serializer, numbers, tracks, request, ledger, listener, Time), ledger, ending.Token);
        Report(ledger, printer, elapsed);
        return outputFailure is null
            ? ledger.Delivered == ledger.Produced && ledger.Lost == 0 ? ExitCode.Ok : ExitCode.Failed
            : throw outputFailure;
    }

    private TimeSpan Pump(ProduceSession session, EventSender pump, DeliveryLedger ledger, CancellationToken ending)
    {
        using var progress = Progress(ledger, Stopwatch.StartNew());
        return session.Run(pump, ending);
    }

    private ProgressLine? Progress(DeliveryLedger ledger, Stopwatch clock)
    {
        if (!request.Quiet)
        {
            return null;
        }

        var rate = new EventRate(clock);
        return new ProgressLine(
            () => $"{ledger.Delivered} events, {rate.Update(ledger.Delivered):0} events/s, {ledger.InFlight} in flight, {ledger.Failed} failed");
    }

    private static void Report(DeliveryLedger ledger, DeliveryPrinter printer, TimeSpan elapsed)
    {
        TellNext(ledger.ResumeStep, printer);
        var partitions = string.Join(", ", ledger.PerPartition.Select(p => $"partition {p.Key}: {p.Value}"));
        var failed = ledger.Produced - ledger.Delivered;
        ConsoleLog.Report($"Delivered {ledger.Delivered}{(partitions.Length > 0 ? $" ({partitions})" : "")}, failed {failed}, in {elapsed.TotalSeconds:0.0} s.");
        if (ledger.Lost > 0)
        {
            ConsoleLog.Warning($"{ledger.Lost} events were neither sent nor failed. This is a defect of the tool: please report it.");
        }
    }

    private int TellAllSent(string topic, long next, CancellationToken stop)
    {
        ConsoleLog.Report($"All events are already sent: the next step of every sensor is {request.EndStep} or later.");
        HopsKafkaException? failure = null;
        using (var printer = new DeliveryPrinter(topic, e => failure = e, stop))
        {
            TellNext(next, printer);
        }

        return failure is null ? ExitCode.Ok : throw failure;
    }

    private static void TellNext(long step, DeliveryPrinter printer)
    {
        var next = $"To continue execution start from event {step}";
        printer.Line(next);
        if (!printer.Flush())
        {
            ConsoleLog.Report(next);
        }
    }
}
