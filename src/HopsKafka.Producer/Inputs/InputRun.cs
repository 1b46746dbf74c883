using System.Diagnostics;
using System.Text;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>One run of <c>avro-producer --input</c>: sends the events of a file or pipe, waits for their delivery, and reports.</summary>
internal sealed class InputRun(InputRequest request)
{
    // Ten times librdkafka's: a file need not be quick to start, and larger batches cost a tenth less.
    private static readonly TimeSpan s_linger = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: ends the run with a flush and a report.</param>
    /// <returns>The exit code: failed if any event was not delivered, or a bad line ended the run.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var loaded = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: request.FeatureGroup is null, topic: request.Topic);
        var config = loaded.WithTopic(request.Topic).WithLinger(s_linger);
        try
        {
            using var rows = request.FeatureGroup is null ? null : await RowTarget.OpenAsync(config, request, stop);
            using var cancelSchema = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var schemaTask = rows is null ? Task.Run(() => InputSchema.FindAsync(config, request, cancelSchema.Token), CancellationToken.None) : Task.FromResult(rows.Schema);
            if (request.Check)
            {
                return new InputCheck(request).Run(await schemaTask, stop);
            }

            try
            {
                return await ProduceAsync(rows?.Config ?? config, schemaTask, rows, stop);
            }
            finally
            {
                // If the run fails before it is awaited, its own failure is not the one to report.
                await cancelSchema.CancelAsync();
                await ((Task)schemaTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            ConsoleLog.Report("Stopped before the first event.");
            return ExitCode.Ok;
        }
    }

    private async Task<int> ProduceAsync(HopsKafkaConfig config, Task<InputSchema> schemaTask, RowTarget? rows, CancellationToken stop)
    {
        var topic = config.Kafka.Topic;
        using var input = InputFile.Open(request.Path, stop);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var produceErrors = new ProduceErrorMonitor();
        using var outputClosed = new CancellationTokenSource();
        using var stopOrClosed = CancellationTokenSource.CreateLinkedTokenSource(stop, outputClosed.Token);
        HopsKafkaException? outputFailure = null;
        using var printer = new DeliveryPrinter(
            topic,
            failure =>
            {
                outputFailure = failure;
                outputClosed.Cancel();
            },
            stop);
        var lines = new LineLedger();
        using var reports = new InputDeliveryHandler(lines, input.Name, topic, connections, request.Quiet ? null : printer) { LastBrokerError = () => produceErrors.LastError };
        KeyValuePair<string, byte[]>[] headers = [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, Encoding.UTF8.GetBytes(header.Value)))];
        using var session = new ProduceSession(config, certificates, topic, lines.Deliveries, reports, connections, produceErrors, printer, LineHeader.Name, headers);
        var schema = await schemaTask;
        using var bad = new BadLines(request, input.Name, stop);
        var key = EventKey.Of(schema, request);
        using var reader = InputReader.Open(input, schema, request, key);
        var source = new InputEventSource(reader, schema, request, input.Name, key, bad);
        source.Partitions = session.FindTopics([topic], stopOrClosed.Token)[topic];
        lines.SetPartitions(source.Partitions);
        if (request.Resume)
        {
            source.Stored = await StoredLineFinder.FindAsync(config, certificates, source, request.FeatureGroup?.StorageOption, stop);
            CheckStored(source, schema, key, stop);
        }

        var count = rows?.Scan(source, input, stopOrClosed.Token);
        if (request.DryRun)
        {
            new InputDryRun(source, schema, printer, request.FeatureGroup).Run(stopOrClosed.Token);
            return Finish(source, bad, outputFailure);
        }

        if (rows is not null)
        {
            await rows.AnnounceAsync(count, session, stopOrClosed.Token);
        }

        var what = rows is null ? $"Producing the events of {input.Name} to topic {topic}."
            : request.FeatureGroup!.Delete ? $"Deleting the rows of {input.Name} from {rows.Group}, topic {topic}."
            : $"Writing the rows of {input.Name} to {rows.Group}, topic {topic}.";
        ConsoleLog.Report(what, new LogFields(input.Name, Topic: topic));
        source.ReportKey();
        ConsoleLog.Report("Press Ctrl-c to exit.");
        var elapsed = Send(session, new InputEventSender(source, topic, session.Producer, lines, request, reports, CommandContext.Current.Time), lines, input, stopOrClosed.Token);
        Report(lines, source, bad, printer, elapsed);
        var isDelivered = lines.Deliveries.Delivered == lines.Deliveries.Produced && lines.Deliveries.Lost == 0;
        var isComplete = isDelivered && source.HasEnded && !stop.IsCancellationRequested && outputFailure is null;
        if (!isComplete && source.Failure is not ResumeRefusedException)
        {
            rows?.ReportIncomplete();
        }

        var code = Finish(source, bad, outputFailure);
        return !isDelivered ? ExitCode.Failed
            : rows is null || !isComplete ? code
            : await rows.CompleteAsync(lines.Deliveries.Delivered, source.AlreadySent, stop);
    }

    // What a file holds is compared before anything of it is sent; a pipe's lines as they come.
    private void CheckStored(InputEventSource source, InputSchema schema, EventKey? key, CancellationToken stop)
    {
        if (source.Stored is not { Highest: > 0 } stored || request.Path == InputFile.StandardInput || !File.Exists(request.Path))
        {
            return;
        }

        using var input = InputFile.Open(request.Path, stop);
        using var reader = InputReader.Open(input, schema, request, key);
        source.Compare(reader, stored);
    }

    private TimeSpan Send(ProduceSession session, InputEventSender sender, LineLedger lines, InputFile input, CancellationToken stop)
    {
        using var progress = request.Quiet ? new InputProgress(input, lines.Deliveries).Show() : null;
        return session.Run(sender, stop);
    }

    private static int Finish(InputEventSource source, BadLines bad, HopsKafkaException? outputFailure)
    {
        if ((outputFailure ?? bad.Failure ?? source.Failure) is { } failure)
        {
            throw failure;
        }

        return ExitCode.Ok;
    }

    private void Report(LineLedger lines, InputEventSource source, BadLines bad, DeliveryPrinter printer, TimeSpan elapsed)
    {
        if (source.Failure is not ResumeRefusedException)
        {
            var next = $"To continue execution start from line {lines.ResumeLine}";
            printer.PrintLine(next);
            if (!printer.Flush())
            {
                ConsoleLog.Report(next);
            }
        }

        if (source.HasEnded && request.FromLine > source.NextLine)
        {
            ConsoleLog.Warning($"The input ends at line {source.NextLine - 1}, before line {request.FromLine} of --from-line: nothing was sent.", WarningCodes.EmptyRange);
        }

        var deliveries = lines.Deliveries;
        var partitions = string.Join(", ", deliveries.PerPartition.Select(p => $"partition {p.Key}: {p.Value}"));
        ConsoleLog.Report(
            $"Delivered {deliveries.Delivered}{(partitions.Length > 0 ? $" ({partitions})" : "")}, failed {deliveries.Produced - deliveries.Delivered}"
            + $"{(bad.Count > 0 ? $", {bad.Count} bad" : "")}{source.ReportOlder()}"
            + $"{(source.AlreadySent > 0 ? $", {source.AlreadySent} already in the topic" : "")}, in {elapsed.TotalSeconds:0.0} s.");
        if (deliveries.Lost > 0)
        {
            ConsoleLog.Warning($"{deliveries.Lost} events were neither sent nor reported as failed: this is a defect of the tool. Please report it.", WarningCodes.Defect);
        }
    }
}
