using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;
using HopsKafka.Native;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>
/// A producer from its first connection to the last delivery report: checks the topics, sends, flushes, and continues without idempotence if
/// that is not granted.
/// </summary>
internal sealed class ProduceSession : IDisposable
{
    private readonly ConnectionMonitor _connections;
    private readonly BrokerDiagnosis _diagnosis;
    private readonly DeliveryLedger _ledger;
    private readonly DeliveryReportHandler _reports;
    private readonly DeliveryStallMonitor _stallMonitor;
    private IReadOnlyList<IReadOnlyList<KeyValuePair<string, byte[]>>>? _headers;

    /// <summary>Creates the producer, which starts to connect.</summary>
    /// <param name="topic">The default topic.</param>
    /// <param name="ledger">Counts the events.</param>
    /// <param name="printer">Prints a line per event; null to print none.</param>
    /// <param name="headerName">The name of the events' own header.</param>
    /// <param name="constantHeaders">Headers of all events.</param>
    public ProduceSession(
        HopsKafkaConfig config,
        ProjectCertificates certificates,
        string topic,
        DeliveryLedger ledger,
        DeliveryReportHandler reports,
        ConnectionMonitor connections,
        ProduceErrorMonitor produceErrors,
        DeliveryPrinter? printer,
        string headerName = StepHeader.Name,
        IReadOnlyList<KeyValuePair<string, byte[]>>? constantHeaders = null)
    {
        (_connections, _ledger, _reports) = (connections, ledger, reports);
        _diagnosis = new BrokerDiagnosis(config, certificates, ConsoleLog.Logger);
        Producer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => new EventProducer(
            KafkaClientConfig.Producer(config, certificates), Build));
        reports.Attach(Producer);
        _stallMonitor = new DeliveryStallMonitor(topic, ledger, Producer, connections, produceErrors, printer);

        NativeProducer Build(ProducerConfig settings)
        {
            produceErrors.Configure(settings);
            var producer = new NativeProducer(settings, topic, headerName, reports.HandleReports, connections.OnError, OnLog, constantHeaders);
            produceErrors.SetListening(producer.Handle, isOn: false);
            if (_headers is { } sets)
            {
                producer.SetHeaders(sets);
            }

            return producer;
        }

        void OnLog(LogMessage message)
        {
            if (!produceErrors.OnLog(message))
            {
                connections.OnLog(message);
            }
        }
    }

    /// <summary>The producer.</summary>
    public EventProducer Producer { get; }

    /// <summary>Sets the headers of the events, before the first one.</summary>
    /// <param name="sets">Of these each event has one.</param>
    public void SetHeaders(IReadOnlyList<IReadOnlyList<KeyValuePair<string, byte[]>>> sets)
    {
        _headers = sets;
        Producer.Current.SetHeaders(sets);
    }

    /// <summary>Waits for the topics' metadata; from then on, lost connections are logged.</summary>
    /// <returns>The number of partitions by topic.</returns>
    /// <exception cref="HopsKafkaException">No broker is available, or a topic does not exist or is not granted.</exception>
    public IReadOnlyDictionary<string, int> FindTopics(IEnumerable<string> topics, CancellationToken stop)
    {
        var partitions = new Dictionary<string, int>();
        foreach (var topic in topics)
        {
            var metadata = TopicProbe.Find(Producer.Current.Handle, _connections, topic, _diagnosis, stop);
            _diagnosis.CheckAdvertised(metadata);
            partitions[topic] = metadata.Topics.Single(found => found.Topic == topic).Partitions.Count;
        }

        _connections.StartReporting();
        return partitions;
    }

    /// <summary>Sends the events and waits for all delivery reports.</summary>
    /// <param name="sender">Sends the events.</param>
    /// <param name="stop">Ctrl-C, SIGTERM, or closed stdout: events already passed to librdkafka are still delivered.</param>
    /// <returns>The elapsed time.</returns>
    public TimeSpan Run(EventSender sender, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        using var stopOrFailure = CancellationTokenSource.CreateLinkedTokenSource(stop, _reports.Failure);
        var flush = new EventFlusher(Producer, _ledger, _reports);
        _stallMonitor.Start();
        sender.Run(stopOrFailure.Token);
        flush.Run(stop);
        if (_reports.IsRefused)
        {
            var returned = _reports.TakeReturned();
            Producer.DisableIdempotence();
            sender.Resend(returned, stop);
            sender.Run(stopOrFailure.Token);
            flush.Run(stop);
        }

        _stallMonitor.Finish();
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stallMonitor.Dispose();
        Producer.Dispose();
    }
}
