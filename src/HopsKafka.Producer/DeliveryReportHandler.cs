using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>Handles the delivery reports of a run: counts failures, and keeps the events to resend if idempotence is not granted.</summary>
/// <param name="ledger">Counts the events.</param>
/// <param name="connections">Is notified of successful deliveries.</param>
internal abstract class DeliveryReportHandler(DeliveryLedger ledger, ConnectionMonitor connections) : IDisposable
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMilliseconds(20);

    private readonly AutoResetEvent _room = new(false);
    private readonly List<DeliveryReport> _returned = [];
    private readonly CancellationTokenSource _failure = new();
    private EventProducer? _producer;
    private volatile bool _failed;
    private volatile bool _isRefused;
    private volatile bool _acceptsReturns = true;
    private volatile bool _waiting;

    /// <summary>The last error that a broker returned, as a clause; null if none is known.</summary>
    public Func<string?> LastBrokerError { get; init; } = () => null;

    /// <summary>Canceled by a failure that ends the run.</summary>
    public CancellationToken Failure => _failure.Token;

    /// <summary>True if this producer accepts no more events. Cheap enough to be checked for each event.</summary>
    public bool HasStopped => _failed || _isRefused || (_acceptsReturns && connections.FatalError is { Code: ErrorCode.ClusterAuthorizationFailed });

    /// <summary>True if the cluster does not grant an idempotent producer, so that another one has to continue.</summary>
    public bool IsRefused => _acceptsReturns && _producer?.FatalError == ErrorCode.ClusterAuthorizationFailed;

    /// <summary>Counts the events.</summary>
    protected DeliveryLedger Ledger => ledger;

    /// <summary>Sets the producer whose reports are handled.</summary>
    /// <param name="producer">The producer, before its first event.</param>
    public void Attach(EventProducer producer) => _producer = producer;

    /// <summary>Removes and returns the events to resend, after all reports have arrived. From then on every error is a failure.</summary>
    /// <returns>Their reports, with their values; empty if idempotence was granted.</returns>
    public IReadOnlyList<DeliveryReport> TakeReturned()
    {
        lock (_returned)
        {
            _acceptsReturns = false;
            _isRefused = false;
            DeliveryReport[] taken = [.. _returned];
            _returned.Clear();
            return taken;
        }
    }

    /// <summary>Handles a batch of delivery reports.</summary>
    public void HandleReports(ReadOnlySpan<DeliveryReport> reports)
    {
        var anyDelivered = false;
        foreach (ref readonly var report in reports)
        {
            if (report.Error is null)
            {
                OnDelivered(report);
                anyDelivered = true;
            }
            else if (IsRefused)
            {
                KeepForResending(report);
            }
            else
            {
                Fail(report.Tag, report.Error);
            }
        }

        if (anyDelivered)
        {
            connections.OnActivity();
        }

        if (_waiting)
        {
            _room.Set();
        }
    }

    /// <summary>Counts and reports an event that cannot be delivered.</summary>
    public void Fail(long tag, Error error) => OnFailed(tag, error, ledger.AddFailed());

    /// <summary>Waits up to 20 ms for a delivery report, which makes room in the producer's queue.</summary>
    public void WaitForRoom()
    {
        _waiting = true;
        _room.WaitOne(s_maxWait);
        _waiting = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _failure.Dispose();
    }

    /// <summary>Counts an event that the brokers acknowledged.</summary>
    protected abstract void OnDelivered(in DeliveryReport report);

    /// <summary>Reports an event that cannot be delivered; it is already counted.</summary>
    /// <param name="isFirst">Whether it is the first failure of the run.</param>
    protected abstract void OnFailed(long tag, Error error, bool isFirst);

    /// <summary>Ends the run: events still in the queue are purged and count as failed.</summary>
    protected void Stop()
    {
        _failed = true;
        _producer?.Purge(wait: false);
        _failure.Cancel();
    }

    /// <summary>The reason why an event was not delivered.</summary>
    /// <returns>A clause with its full stop.</returns>
    protected string Explain(Error failure) => failure.Code switch
    {
        ErrorCode.Local_MsgTimedOut =>
            $"no acknowledgement arrived within delivery.timeout.ms{(LastBrokerError() is { } error ? $"; the broker returns: {error}" : "")}.",
        ErrorCode.MsgSizeTooLarge =>
            "the event, or the batch that it was sent in, is larger than max.message.bytes of the topic or message.max.bytes of the producer allows; "
            + "batch_size below [kafka.producer] makes batches smaller.",
        ErrorCode.TopicAuthorizationFailed => "the project may not write to the topic.",
        ErrorCode.Local_UnknownTopic or ErrorCode.UnknownTopicOrPart => "the topic does not exist.",
        _ => failure.Reason,
    };

    private void KeepForResending(in DeliveryReport report)
    {
        lock (_returned)
        {
            _returned.Add(report);
            _isRefused = true;
        }

        ledger.AddReturned();
    }
}

/// <summary>Events of one partition that are not acknowledged yet.</summary>
/// <param name="Events">Number of events.</param>
/// <param name="Sensors">Number of their sensors.</param>
/// <param name="Acknowledged">Number of events acknowledged in the partition so far: while it grows, the partition works.</param>
internal readonly record struct PendingEvents(long Events, int Sensors, long Acknowledged)
{
    /// <summary>The partition of a sensor without any acknowledged event.</summary>
    public const int NoPartition = -1;

    /// <summary>Adds the events of a sensor.</summary>
    public PendingEvents Plus(long events) => this with { Events = Events + events, Sensors = Sensors + 1 };
}
