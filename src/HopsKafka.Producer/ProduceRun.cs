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

/// <summary>One run of avro-producer: loads configuration, certificates and schema, sends the events, waits for their delivery, and reports.</summary>
internal sealed class ProduceRun(ProduceRequest request)
{
    // Null until --resume has found it.
    private long? _firstStep = request.Resume ? null : request.FirstStep;

    /// <summary>The clock of the events' timestamps. It may be set back or forward; rounds are paced by a monotonic clock.</summary>
    public TimeProvider Time { get; init; } = CommandContext.Current.Time;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: ends the run with a flush and a report.</param>
    /// <returns>The exit code: failed if any event was not delivered.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (request.DryRun)
        {
            return await new DryRun(request).RunAsync(stop);
        }

        try
        {
            return await RunAsync(await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop), stop);
        }
        catch (OperationCanceledException)
        {
            // By a signal, or because stdout was closed.
            var next = _firstStep is { } step ? $"to continue execution start from event {step}" : "--resume searches the topic again";
            ConsoleLog.Report($"Stopped before the first event: {next}");
            return ExitCode.Ok;
        }
    }

    private async Task<int> RunAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        var sensors = SensorState.For(request, config.Sensors);
        // In parallel with the certificates and the connection to the brokers.
        using var cancelSerializer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var serializerTask = Task.Run(() => CreateSerializerAsync(config, cancelSerializer.Token), CancellationToken.None);
        try
        {
            var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
            if (request.Resume)
            {
                await serializerTask;
                using var finder = new ResumeFinder(config, certificates, request);
                sensors = await finder.FindAsync(sensors, stop);
                _firstStep = sensors.Min(sensor => sensor.FirstStep);
                if (_firstStep >= request.EndStep)
                {
                    return ReportAllSent(config.Kafka.Topic, _firstStep.Value, stop);
                }
            }

            return await ProduceAsync(config, sensors, certificates, serializerTask, stop);
        }
        finally
        {
            // If the run fails before it is awaited, its own failure is not the one to report.
            await cancelSerializer.CancelAsync();
            await ((Task)serializerTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SensorSerializer> CreateSerializerAsync(HopsKafkaConfig config, CancellationToken stop)
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
        IReadOnlyList<SensorState> sensors,
        ProjectCertificates certificates,
        Task<SensorSerializer> serializerTask,
        CancellationToken stop)
    {
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var produceErrors = new ProduceErrorMonitor();
        var ledger = new DeliveryLedger([.. sensors.Select(sensor => sensor.FirstStep)]);
        var tags = new DeliveryTags(sensors);
        using var outputClosed = new CancellationTokenSource();
        using var stopOrClosed = CancellationTokenSource.CreateLinkedTokenSource(stop, outputClosed.Token);
        HopsKafkaException? outputFailure = null;
        using var printer = new DeliveryPrinter(
            config.Kafka.Topic,
            failure =>
            {
                outputFailure = failure;
                outputClosed.Cancel();
            },
            stop);
        using var reports = new SensorDeliveryHandler(tags, ledger, connections, request.Quiet ? null : printer) { LastBrokerError = () => produceErrors.LastError };
        using var session = new ProduceSession(config, certificates, config.Kafka.Topic, ledger, reports, connections, produceErrors, printer);
        var serializer = await serializerTask;
        session.FindTopics([config.Kafka.Topic], stopOrClosed.Token);
        ConsoleLog.Report($"Producing sensor events to topic {config.Kafka.Topic}.", new LogFields(Topic: config.Kafka.Topic));
        ConsoleLog.Report("Press Ctrl-c to exit.");
        var elapsed = Send(session, new SensorEventSender(session.Producer, serializer, tags, sensors, request, ledger, reports, Time), ledger, stopOrClosed.Token);
        Report(ledger, printer, elapsed);
        return outputFailure is null
            ? ledger.Delivered == ledger.Produced && ledger.Lost == 0 ? ExitCode.Ok : ExitCode.Failed
            : throw outputFailure;
    }

    private TimeSpan Send(ProduceSession session, SensorEventSender sender, DeliveryLedger ledger, CancellationToken stop)
    {
        using var progress = CreateProgressLine(ledger, Stopwatch.StartNew());
        return session.Run(sender, stop);
    }

    private ProgressLine? CreateProgressLine(DeliveryLedger ledger, Stopwatch clock)
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
        PrintNextStep(ledger.ResumeStep, printer);
        var partitions = string.Join(", ", ledger.PerPartition.Select(p => $"partition {p.Key}: {p.Value}"));
        var failed = ledger.Produced - ledger.Delivered;
        ConsoleLog.Report($"Delivered {ledger.Delivered}{(partitions.Length > 0 ? $" ({partitions})" : "")}, failed {failed}, in {elapsed.TotalSeconds:0.0} s.");
        if (ledger.Lost > 0)
        {
            ConsoleLog.Warning($"{ledger.Lost} events were neither sent nor reported as failed.", WarningCodes.Defect, remedy: "This is a defect of the tool: please report it.");
        }
    }

    private int ReportAllSent(string topic, long next, CancellationToken stop)
    {
        ConsoleLog.Report($"All events are already sent: the next step of every sensor is {request.EndStep} or later.");
        HopsKafkaException? failure = null;
        using (var printer = new DeliveryPrinter(topic, e => failure = e, stop))
        {
            PrintNextStep(next, printer);
        }

        return failure is null ? ExitCode.Ok : throw failure;
    }

    private static void PrintNextStep(long step, DeliveryPrinter printer)
    {
        var next = $"To continue execution start from event {step}";
        printer.PrintLine(next);
        if (!printer.Flush())
        {
            ConsoleLog.Report(next);
        }
    }
}
