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
/// <param name="file">The file of dead letters.</param>
internal sealed class ReplayRun(string configFile, string file)
{
    private readonly WarningLimiter _warnings = new();
    private readonly DeliveryLedger _ledger = DeliveryLedger.OfNumbers();
    private readonly List<DeadLetter> _undecodable = [];
    private long _kept;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM: what was handed over is still delivered.</param>
    /// <returns>The exit code: failed unless every letter was sent and acknowledged.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = ConfigLoader.Load(configFile);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
        var letters = await DecodableAsync(config, stop);
        var undelivered = letters.Count > 0 ? Send(config, certificates, letters, stop) : [];
        Report(letters.Count);
        if (_ledger.Delivered > 0 && undelivered.Count + _undecodable.Count > 0)
        {
            var unsent = UnsentLetters.Write(file, [.. undelivered, .. _undecodable]);
            ConsoleLog.Info($"What was not delivered ({undelivered.Count + _undecodable.Count}) is in {unsent}: replay that file next, and none is sent twice.");
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
        foreach (var (line, letter) in DeadLetterFile.Read(file, "--replay", Keep, stop))
        {
            if (await WhyNotAsync(letter, schemas, stop) is { } why)
            {
                _undecodable.Add(letter);
                Keep(line, $"{letter.Topic} [{letter.Partition}] offset {letter.Offset} still cannot be decoded: {why}");
            }
            else
            {
                letters.Add(letter);
            }
        }

        return letters;
    }

    private void Keep(int line, string why)
    {
        _kept++;
        _warnings.Tell($"{file}({line}): {why.TrimEnd('.')}. Not sent.");
    }

    private List<DeadLetter> Send(HopsKafkaConfig config, ProjectCertificates certificates, List<DeadLetter> letters, CancellationToken stop)
    {
        var watch = new ConnectionMonitor(ConsoleLog.Logger);
        var answers = new BrokerResponseTimes();
        var topics = letters.Select(l => l.Topic).Distinct().ToList();
        using var listener = new LetterDeliveries(letters, _ledger, watch) { Answer = () => answers.Last };
        using var session = new ProduceSession(config, certificates, topics[0], _ledger, listener, watch, answers, printer: null);
        session.Find(topics, stop);
        session.Run(new LetterPump(letters, session.Producer, _ledger, listener), stop);
        return [.. listener.Undelivered];
    }

    private void Report(int sendable)
    {
        var undelivered = _ledger.Produced - _ledger.Delivered;
        var unsent = sendable - _ledger.Produced;
        ConsoleLog.Info($"Sent {_ledger.Delivered} of {sendable + _kept} dead letters again{(_kept > 0 ? $"; {_kept} cannot be sent" : "")}"
            + $"{(undelivered > 0 ? $"; {undelivered} were not delivered" : "")}{(unsent > 0 ? $"; {unsent} were not sent" : "")}. {file} is left as it is.");
    }
}
