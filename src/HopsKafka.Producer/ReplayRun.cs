using Confluent.Kafka;
using HopsKafka.AvroValues;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Configuration;
using HopsKafka.DeadLetters;
using HopsKafka.Diagnosis;
using HopsKafka.Kafka;
using HopsKafka.Registry;
using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>Sends dead letters again, to the topic and with the key, headers and time that they had, if they can be decoded by now.</summary>
/// <param name="configFile">Path of config.toml.</param>
/// <param name="file">The file of dead letters.</param>
internal sealed class ReplayRun(string configFile, string file)
{
    private readonly BrokerWatch _watch = new();
    private readonly FewWarnings _warnings = new();
    private long _kept;
    private long _sent;
    private long _delivered;

    /// <summary>Runs.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code: failed unless every letter was sent and acknowledged.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = ConfigLoader.Load(configFile);
        var certificates = ProjectCertificates.Load(config.Project, DateTimeOffset.UtcNow);
        using var registry = RegistryAccess.Connect(config);
        var schemas = new SchemasById<WriterSchema>(registry, (id, text) => WriterSchema.Of(id, text, null));
        var letters = new List<DeadLetter>();
        foreach (var (line, letter) in DeadLetterFile.Read(file, "--replay", (line, why) => Keep(line, why), stop))
        {
            if (await WhyNotAsync(letter, schemas, stop) is { } why)
            {
                Keep(line, $"{letter.Topic} [{letter.Partition}] offset {letter.Offset} still cannot be decoded: {why}");
            }
            else
            {
                letters.Add(letter);
            }
        }

        if (letters.Count > 0)
        {
            Send(config, certificates, letters, stop);
        }

        var all = _kept + letters.Count;
        Talk.Line($"Sent {_delivered} of {all} dead letters again{(_kept > 0 ? $"; {_kept} cannot be sent" : "")}"
            + $"{(_delivered < letters.Count ? $"; {letters.Count - _delivered} were not acknowledged" : "")}. {file} is left as it is.");
        return _delivered == all ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Keep(int line, string why)
    {
        _kept++;
        _warnings.Tell($"{file}({line}): {why.TrimEnd('.')}. Not sent.");
    }

    /// <summary>Why a letter cannot be sent; null when it can be decoded by now.</summary>
    internal static async Task<string?> WhyNotAsync(DeadLetter letter, SchemasById<WriterSchema> schemas, CancellationToken stop)
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

    private void Send(HopsKafkaConfig config, ProjectCertificates certificates, List<DeadLetter> letters, CancellationToken stop)
    {
        using var producer = KafkaSettings.Build(config, () => new ProducerBuilder<byte[], byte[]>(KafkaSettings.Producer(config, certificates))
            .SetErrorHandler((_, error) => _watch.OnError(error))
            .SetLogHandler((_, message) => _watch.OnLog(message))
            .Build());
        var diagnosis = new BrokerDiagnosis(config, certificates);
        foreach (var topic in letters.Select(l => l.Topic).Distinct())
        {
            diagnosis.CheckAdvertised(TopicProbe.Find(producer.Handle, _watch, topic, diagnosis, stop));
        }

        _watch.StartTelling();
        foreach (var letter in letters)
        {
            Produce(producer, letter, stop);
        }

        while (_sent > 0 && producer.Flush(TimeSpan.FromMilliseconds(100)) > 0 && !stop.IsCancellationRequested)
        {
            Thread.Yield();
        }
    }

    private void Produce(IProducer<byte[], byte[]> producer, DeadLetter letter, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                producer.Produce(letter.Topic, letter.ToMessage(), report => OnReport(letter, report));
                _sent++;
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(100));
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                Talk.Warning($"{letter.Topic} [{letter.Partition}] offset {letter.Offset} was not sent: {e.Error.Reason}");
                return;
            }
        }
    }

    private void OnReport(DeadLetter letter, DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            Talk.Warning($"{letter.Topic} [{letter.Partition}] offset {letter.Offset} was not acknowledged: {report.Error.Reason}");
            return;
        }

        _watch.Alive();
        Interlocked.Increment(ref _delivered);
    }
}
