using HopsKafka.Avro;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Producer.Replaying;

/// <summary>Sends dead letters again, with their original topic, key, headers and timestamp, if they can be decoded now.</summary>
/// <param name="configFile">Path of config.toml.</param>
internal sealed class ReplayRun(string configFile, string file)
{
    private readonly WarningLimiter _warnings = new();
    private readonly DeliveryLedger _ledger = DeliveryLedger.WithoutSensors();
    private readonly List<DeadLetter> _undecodable = [];
    private readonly List<string> _unreadable = [];
    private readonly Dictionary<(string Topic, int Partition, long Offset), (DeadLetter Letter, int Line)> _seen = [];
    private long _skipped;
    private long _duplicates;
    private long _tooLong;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: letters already passed to librdkafka are still delivered.</param>
    /// <returns>The exit code: failed unless every line of the file is a letter that was sent and acknowledged.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(configFile, stop);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var letters = await ReadDecodableAsync(config, stop);
        var undelivered = letters.Count > 0 && !stop.IsCancellationRequested ? Send(config, certificates, letters, stop) : letters;
        Report(letters.Count);
        var left = undelivered.Count + _undecodable.Count + _unreadable.Count;
        if (_ledger.Delivered > 0 && left > 0)
        {
            var unsent = UnsentLetterFile.Write(file, [.. undelivered, .. _undecodable], _unreadable);
            ConsoleLog.Warning(
                $"What was not delivered ({left}) is in {unsent}." + (_tooLong > 0 ? $" Lines that are too long ({_tooLong}) are only in {file}." : ""),
                WarningCodes.UnsentLetters,
                remedy: $"Replay {unsent} next: it holds no letter that was delivered.",
                fields: new LogFields(unsent));
        }

        return _ledger.Delivered == letters.Count + _skipped ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>Why a letter cannot be decoded; null if it can.</summary>
    internal static async Task<string?> DecodeErrorAsync(DeadLetter letter, SchemaCache<WriterSchema> schemas, CancellationToken stop)
    {
        try
        {
            if (letter.Value is { } value)
            {
                var (id, isFeatureGroup) = EventSchemaId.Of(value, letter.ToMessage().Headers);
                var schema = await schemas.GetAsync(id, stop);
                _ = isFeatureGroup ? schema.DecodeFeatures(value) : schema.Decode(value);
            }

            return null;
        }
        catch (BadMessageException e)
        {
            return e.Message;
        }
    }

    private async Task<List<DeadLetter>> ReadDecodableAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        using var registry = RegistryAccess.Connect(config);
        var schemas = new SchemaCache<WriterSchema>(id => registry.GetSchemaAsync(id), (id, text) => WriterSchema.Of(id, text, null));
        var letters = new List<DeadLetter>();
        foreach (var line in DeadLetterFile.Read(file, "--replay", stop))
        {
            if (line.Letter is not { } letter)
            {
                SkipLine(line);
            }
            else if (IsDuplicate(letter, line.Number))
            {
                _duplicates++;
            }
            else if (await DecodeErrorUnlessStoppedAsync(letter, schemas, stop) is { } why)
            {
                _undecodable.Add(letter);
                Skip(line.Number, $"{letter.Topic} [{letter.Partition}] offset {letter.Offset} still cannot be decoded: {why}");
            }
            else
            {
                letters.Add(letter);
            }
        }

        return letters;
    }

    // After Ctrl-C the rest of the file is only counted.
    private static async Task<string?> DecodeErrorUnlessStoppedAsync(DeadLetter letter, SchemaCache<WriterSchema> schemas, CancellationToken stop)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await DecodeErrorAsync(letter, schemas, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private static void ReportTopics(HopsKafkaConfig config, List<DeadLetter> letters)
    {
        var topics = letters.CountBy(letter => letter.Topic).ToList();
        var names = topics is [var only] ? $"topic {only.Key}" : $"topics {string.Join(", ", topics.Select(topic => $"{topic.Key} ({topic.Value})"))}";
        ConsoleLog.Report($"Replaying {letters.Count} dead letter{(letters.Count == 1 ? "" : "s")} to {names}.");
        if (topics.TrueForAll(topic => topic.Key != config.Kafka.Topic))
        {
            ConsoleLog.Warning(
                $"None of them goes to {config.Kafka.Topic}, the [kafka] topic of {config.File}: a dead letter goes back to the topic that it came from.",
                WarningCodes.OtherTopic);
        }
    }

    // A topic that was deleted and created again has the same offsets with other events: those are not duplicates.
    private bool IsDuplicate(DeadLetter letter, int line)
    {
        var position = (letter.Topic, letter.Partition, letter.Offset);
        if (!_seen.TryGetValue(position, out var first))
        {
            _seen.Add(position, (letter, line));
            return false;
        }

        var isSame = first.Letter.TimestampMs == letter.TimestampMs
            && first.Letter.Key.AsSpan().SequenceEqual(letter.Key) && first.Letter.Value.AsSpan().SequenceEqual(letter.Value);
        if (isSame)
        {
            _warnings.Warn(
                $"{file}({line}): {letter.Topic} [{letter.Partition}] offset {letter.Offset} is also in line {first.Line}. Sent only once.",
                WarningCodes.DuplicateLetter,
                new LogFields(file, line, Topic: letter.Topic, Partition: letter.Partition, Offset: letter.Offset));
        }

        return isSame;
    }

    private void SkipLine(DeadLetterLine line)
    {
        if (line.Text is null)
        {
            _tooLong++;
        }
        else
        {
            _unreadable.Add(line.Text);
        }

        Skip(line.Number, line.Problem!);
    }

    private void Skip(int line, string why)
    {
        _skipped++;
        _warnings.Warn($"{file}({line}): {why.TrimEnd('.')}. Not sent.", WarningCodes.NotReplayed, new LogFields(file, line));
    }

    private List<DeadLetter> Send(HopsKafkaConfig config, ProjectCertificates certificates, List<DeadLetter> letters, CancellationToken stop)
    {
        ReportTopics(config, letters);
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var produceErrors = new ProduceErrorMonitor();
        var topics = letters.Select(l => l.Topic).Distinct().ToList();
        using var reports = new DeadLetterDeliveryHandler(letters, _ledger, connections) { LastBrokerError = () => produceErrors.LastError };
        using var session = new ProduceSession(config, certificates, topics[0], _ledger, reports, connections, produceErrors, printer: null);
        try
        {
            session.FindTopics(topics, stop);
            session.Run(new DeadLetterSender(letters, session.Producer, _ledger, reports), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && _ledger.Produced == 0)
        {
            ConsoleLog.Detail("Stopped before the first dead letter was sent.");
        }

        return [.. reports.Undelivered];
    }

    private void Report(int sendable)
    {
        var undelivered = _ledger.Produced - _ledger.Delivered;
        var unsent = sendable - _ledger.Produced;
        ConsoleLog.Report($"Sent {_ledger.Delivered} of {sendable + _skipped} dead letters again{(_skipped > 0 ? $"; {_skipped} cannot be sent" : "")}"
            + $"{(_duplicates > 0 ? $"; {_duplicates} duplicate{(_duplicates == 1 ? " was" : "s were")} ignored" : "")}"
            + $"{(undelivered > 0 ? $"; {undelivered} were not delivered" : "")}{(unsent > 0 ? $"; {unsent} were not sent" : "")}. {file} was not changed.");
    }
}
