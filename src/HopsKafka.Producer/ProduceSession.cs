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
/// A producer from its first connection to the last delivery report: finds the topics, lets a pump send, waits for what is under way, and
/// goes on without idempotence where that is not granted.
/// </summary>
internal sealed class ProduceSession : IDisposable
{
    private readonly ConnectionMonitor _watch;
    private readonly BrokerDiagnosis _diagnosis;
    private readonly DeliveryLedger _ledger;
    private readonly DeliveryListener _listener;
    private readonly DeliveryStallMonitor _missing;

    /// <summary>Makes the producer, which begins to connect.</summary>
    /// <param name="topic">The topic of events that do not name their own.</param>
    /// <param name="ledger">Where events are booked.</param>
    /// <param name="printer">Prints a line per event; null to print none.</param>
    public ProduceSession(
        HopsKafkaConfig config,
        ProjectCertificates certificates,
        string topic,
        DeliveryLedger ledger,
        DeliveryListener listener,
        ConnectionMonitor watch,
        BrokerResponseTimes answers,
        DeliveryPrinter? printer)
    {
        (_watch, _ledger, _listener) = (watch, ledger, listener);
        _diagnosis = new BrokerDiagnosis(config, certificates, ConsoleLog.Logger);
        Producer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => new EventProducer(
            KafkaClientConfig.Producer(config, certificates), settings => Build(settings, topic, watch, answers, listener.OnDelivered)));
        listener.ListenTo(Producer);
        _missing = new DeliveryStallMonitor(topic, ledger, Producer, watch, answers, printer);
    }

    /// <summary>The producer.</summary>
    public EventProducer Producer { get; }

    /// <summary>Waits until the brokers tell of the topics, and reports from then on what happens to the connections.</summary>
    /// <exception cref="HopsKafkaException">No broker works, or a topic does not exist or may not be used.</exception>
    public void Find(IEnumerable<string> topics, CancellationToken stop)
    {
        foreach (var topic in topics)
        {
            _diagnosis.CheckAdvertised(TopicProbe.Find(Producer.Current.Handle, _watch, topic, _diagnosis, stop));
        }

        _watch.StartTelling();
    }

    /// <summary>Sends, and waits until the fate of every event is known.</summary>
    /// <param name="pump">Sends the events.</param>
    /// <param name="stop">Ctrl-C, SIGTERM, or nobody reads stdout any more: what was handed over is still delivered.</param>
    /// <returns>How long it took.</returns>
    public TimeSpan Run(EventPump pump, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _listener.Failure);
        var flush = new RecordFlush(Producer, _ledger, _listener);
        _missing.Start();
        pump.Run(either.Token);
        flush.Run(stop);
        if (_listener.IsRefused)
        {
            var givenBack = _listener.TakeRefused();
            Producer.GoOnWithoutIdempotence();
            pump.SendAgain(givenBack, stop);
            pump.Run(either.Token);
            flush.Run(stop);
        }

        _missing.Finish();
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _missing.Dispose();
        Producer.Dispose();
    }

    private static NativeProducer Build(
        ProducerConfig settings, string topic, ConnectionMonitor watch, BrokerResponseTimes answers, DeliveryHandler onDelivered)
    {
        answers.Prepare(settings);
        var producer = new NativeProducer(settings, topic, StepHeader.Name, onDelivered, watch.OnError, message =>
        {
            if (!answers.Hear(message))
            {
                watch.OnLog(message);
            }
        });
        answers.Listen(producer.Handle, isOn: false);
        return producer;
    }
}
