using HopsKafka.Avro;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Producer.Replaying;

/// <summary>Sends dead letters again, to the topic and with the key, headers and time that they had, if they can be decoded by now.</summary>
/// <param name="configFile">Path of config.toml.</param>
internal sealed class ReplayRun(string configFile, string file)
{
    private readonly WarningLimiter _warnings = new();
    private readonly DeliveryLedger _ledger = DeliveryLedger.OfNumbers();
    private readonly List<DeadLetter> _undecodable = [];
    private readonly List<string> _unreadable = [];
    private long _kept;
    private long _tooLong;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: what was handed over is still delivered.</param>
    /// <returns>The exit code: failed unless every line of the file is a letter that was sent and acknowledged.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = CommandContext.Current.LoadConfig(configFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var letters = await DecodableAsync(config, stop);
        var undelivered = letters.Count > 0 && !stop.IsCancellationRequested ? Send(config, certificates, letters, stop) : letters;
        Report(letters.Count);
        var left = undelivered.Count + _undecodable.Count + _unreadable.Count;
        if (_ledger.Delivered > 0 && left > 0)
        {
            var unsent = UnsentLetters.Write(file, [.. undelivered, .. _undecodable], _unreadable);
            ConsoleLog.Warning(
                $"What was not delivered ({left}) is in {unsent}." + (_tooLong > 0 ? $" Lines that are too long ({_tooLong}) are only in {file}." : ""),
                remedy: $"Replay {unsent} next: it holds no letter that was delivered.",
                fields: new LogFields(unsent));
        }

        return _ledger.Delivered == letters.Count + _kept ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>Why a letter cannot be sent; null when it can be decoded by now.</summary>
    internal static async Task<string?> WhyNotAsync(DeadLetter letter, SchemaCache<WriterSchema> schemas, CancellationToken stop)
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

    private async Task<List<DeadLetter>> DecodableAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        using var registry = RegistryAccess.Connect(config);
        var schemas = new SchemaCache<WriterSchema>(id => registry.GetSchemaAsync(id), (id, text) => WriterSchema.Of(id, text, null));
        var letters = new List<DeadLetter>();
        foreach (var line in DeadLetterFile.Read(file, "--replay", stop))
        {
            if (line.Letter is not { } letter)
            {
                KeepLine(line);
            }
            else if (await WhyNotBeforeStopAsync(letter, schemas, stop) is { } why)
            {
                _undecodable.Add(letter);
                Keep(line.Number, $"{letter.Topic} [{letter.Partition}] offset {letter.Offset} still cannot be decoded: {why}");
            }
            else
            {
                letters.Add(letter);
            }
        }

        return letters;
    }

    // After Ctrl-C the rest of the file is only counted: nothing of it is sent.
    private static async Task<string?> WhyNotBeforeStopAsync(DeadLetter letter, SchemaCache<WriterSchema> schemas, CancellationToken stop)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await WhyNotAsync(letter, schemas, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private static void AnnounceTopics(HopsKafkaConfig config, List<DeadLetter> letters)
    {
        var topics = letters.CountBy(letter => letter.Topic).ToList();
        var names = topics is [var only] ? $"topic {only.Key}" : $"topics {string.Join(", ", topics.Select(topic => $"{topic.Key} ({topic.Value})"))}";
        ConsoleLog.Report($"Replaying {letters.Count} dead letter{(letters.Count == 1 ? "" : "s")} to {names}.");
        if (topics.TrueForAll(topic => topic.Key != config.Kafka.Topic))
        {
            ConsoleLog.Warning(
                $"None of them goes to {config.Kafka.Topic}, the [kafka] topic of {config.File}: a dead letter goes back to the topic that it came from.");
        }
    }

    private void KeepLine(DeadLetterLine line)
    {
        if (line.Text is null)
        {
            _tooLong++;
        }
        else
        {
            _unreadable.Add(line.Text);
        }

        Keep(line.Number, line.Problem!);
    }

    private void Keep(int line, string why)
    {
        _kept++;
        _warnings.Tell($"{file}({line}): {why.TrimEnd('.')}. Not sent.", new LogFields(file, line));
    }

    private List<DeadLetter> Send(HopsKafkaConfig config, ProjectCertificates certificates, List<DeadLetter> letters, CancellationToken stop)
    {
        AnnounceTopics(config, letters);
        var watch = new ConnectionMonitor(ConsoleLog.Logger);
        var answers = new BrokerResponseTimes();
        var topics = letters.Select(l => l.Topic).Distinct().ToList();
        using var listener = new LetterDeliveries(letters, _ledger, watch) { Answer = () => answers.Last };
        using var session = new ProduceSession(config, certificates, topics[0], _ledger, listener, watch, answers, printer: null);
        try
        {
            session.Find(topics, stop);
            session.Run(new LetterPump(letters, session.Producer, _ledger, listener), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && _ledger.Produced == 0)
        {
            ConsoleLog.Detail("Stopped before the first dead letter was sent.");
        }

        return [.. listener.Undelivered];
    }

    private void Report(int sendable)
    {
        var undelivered = _ledger.Produced - _ledger.Delivered;
        var unsent = sendable - _ledger.Produced;
        ConsoleLog.Report($"Sent {_ledger.Delivered} of {sendable + _kept} dead letters again{(_kept > 0 ? $"; {_kept} cannot be sent" : "")}"
            + $"{(undelivered > 0 ? $"; {undelivered} were not delivered" : "")}{(unsent > 0 ? $"; {unsent} were not sent" : "")}. {file} was not changed.");
    }
}
