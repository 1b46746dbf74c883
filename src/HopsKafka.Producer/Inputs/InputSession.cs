using System.Text;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Inputs;

/// <summary>A producer for the events of an input, and what becomes of them.</summary>
internal sealed class InputSession : IDisposable
{
    private readonly CancellationTokenSource _outputClosed = new();
    private readonly CancellationTokenSource _stopOrClosed;
    private readonly InputDeliveryHandler _reports;
    private readonly InputRequest _request;
    private readonly string _topic;

    /// <summary>Creates the producer, which starts to connect.</summary>
    /// <param name="input">The name of the input.</param>
    /// <param name="stop">Ends the run.</param>
    public InputSession(HopsKafkaConfig config, ProjectCertificates certificates, InputRequest request, string input, CancellationToken stop)
    {
        (_request, _topic) = (request, config.Kafka.Topic);
        _stopOrClosed = CancellationTokenSource.CreateLinkedTokenSource(stop, _outputClosed.Token);
        Printer = new DeliveryPrinter(_topic, OnOutputFailed, stop);
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        var produceErrors = new ProduceErrorMonitor();
        _reports = new InputDeliveryHandler(Lines, input, _topic, connections, request.Quiet ? null : Printer) { LastBrokerError = () => produceErrors.LastError };
        KeyValuePair<string, byte[]>[] headers = [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, Encoding.UTF8.GetBytes(header.Value)))];
        try
        {
            Session = new ProduceSession(config, certificates, _topic, Lines.Deliveries, _reports, connections, produceErrors, Printer, LineHeader.Name, headers);
        }
        catch
        {
            DisposeOutputs();
            throw;
        }
    }

    /// <summary>Which lines were sent and delivered.</summary>
    public LineLedger Lines { get; } = new();

    /// <summary>Prints a line per event.</summary>
    public DeliveryPrinter Printer { get; }

    /// <summary>The producer.</summary>
    public ProduceSession Session { get; }

    /// <summary>Why the output of the run failed; null if it did not.</summary>
    public HopsKafkaException? OutputFailure { get; private set; }

    /// <summary>Canceled by a signal, or if stdout is closed.</summary>
    public CancellationToken Stop => _stopOrClosed.Token;

    /// <summary>Finds the partitions of the topic.</summary>
    /// <exception cref="HopsKafkaException">The topic or the brokers cannot be used.</exception>
    public int FindPartitions() => Session.FindTopics([_topic], Stop)[_topic];

    /// <summary>Sends the events, and waits for their delivery.</summary>
    /// <param name="file">The input, for the progress.</param>
    /// <returns>How long it took.</returns>
    public TimeSpan Send(InputEventSource source, InputFile file)
    {
        var sender = new InputEventSender(source, _topic, Session.Producer, Lines, _request, _reports, CommandContext.Current.Time);
        using var progress = _request.Quiet ? new InputProgress(file, Lines.Deliveries).Show() : null;
        return Session.Run(sender, Stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        DisposeOutputs();
    }

    private void DisposeOutputs()
    {
        _reports.Dispose();
        Printer.Dispose();
        _stopOrClosed.Dispose();
        _outputClosed.Dispose();
    }

    private void OnOutputFailed(HopsKafkaException? failure)
    {
        OutputFailure = failure;
        _outputClosed.Cancel();
    }
}
