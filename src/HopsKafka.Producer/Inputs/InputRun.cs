using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
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
        using var input = InputFile.Open(request.Path, stop);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        using var session = new InputSession(config, certificates, request, input.Name, stop);
        var schema = await schemaTask;
        using var bad = new BadLines(request, input.Name, stop);
        var key = EventKey.Of(schema, request);
        using var reader = InputReader.Open(input, schema, request, key);
        var source = new InputEventSource(reader, schema, request, input.Name, key, bad) { Partitions = session.FindPartitions() };
        session.Lines.SetPartitions(source.Partitions);
        if (request.Resume)
        {
            source.Stored = await StoredLineFinder.FindAsync(config, certificates, source, request.FeatureGroup?.StorageOption, stop);
            CheckStored(source, schema, key, stop);
        }

        var count = rows?.Scan(source, input, session.Stop);
        if (request.DryRun)
        {
            new InputDryRun(source, schema, session.Printer, request.FeatureGroup).Run(session.Stop);
            return Finish(source, bad, session.OutputFailure);
        }

        if (rows is not null)
        {
            await rows.AnnounceAsync(count, session.Session, session.Stop);
        }

        ReportStart(source, input.Name, config.Kafka.Topic, rows);
        var elapsed = session.Send(source, input);
        ReportEnd(session.Lines, source, bad, session.Printer, elapsed);
        var deliveries = session.Lines.Deliveries;
        var isDelivered = deliveries.Delivered == deliveries.Produced && deliveries.Lost == 0;
        var isComplete = isDelivered && source.HasEnded && !stop.IsCancellationRequested && session.OutputFailure is null;
        if (!isComplete && source.Failure is not ResumeRefusedException)
        {
            rows?.ReportIncomplete();
        }

        var code = Finish(source, bad, session.OutputFailure);
        return !isDelivered ? ExitCode.Failed
            : rows is null || !isComplete ? code
            : await rows.CompleteAsync(deliveries.Delivered, source.AlreadySent, stop);
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

    private static int Finish(InputEventSource source, BadLines bad, HopsKafkaException? outputFailure)
    {
        if ((outputFailure ?? bad.Failure ?? source.Failure) is { } failure)
        {
            throw failure;
        }

        return ExitCode.Ok;
    }

    private void ReportStart(InputEventSource source, string input, string topic, RowTarget? rows)
    {
        var what = rows is null ? $"Producing the events of {input} to topic {topic}."
            : request.FeatureGroup!.Delete ? $"Deleting the rows of {input} from {rows.Group}, topic {topic}."
            : $"Writing the rows of {input} to {rows.Group}, topic {topic}.";
        ConsoleLog.Report(what, new LogFields(input, Topic: topic));
        source.ReportKey();
        ConsoleLog.Report("Press Ctrl-c to exit.");
    }

    private void ReportEnd(LineLedger lines, InputEventSource source, BadLines bad, DeliveryPrinter printer, TimeSpan elapsed)
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
