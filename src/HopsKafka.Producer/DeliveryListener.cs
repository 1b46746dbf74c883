using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>Takes the delivery reports of a run: books failures, and keeps the events that a refused producer gives back.</summary>
/// <param name="ledger">Where they are booked.</param>
/// <param name="watch">Is told that something came through.</param>
internal abstract class DeliveryListener(DeliveryLedger ledger, ConnectionMonitor watch) : IDisposable
{
    private static readonly TimeSpan s_longestNap = TimeSpan.FromMilliseconds(20);

    private readonly AutoResetEvent _room = new(false);
    private readonly List<Delivery> _refused = [];
    private readonly CancellationTokenSource _failure = new();
    private EventProducer? _producer;
    private volatile bool _failed;
    private volatile bool _isRefused;
    private volatile bool _mayRefuse = true;
    private volatile bool _waiting;

    /// <summary>What a broker answered last, as a clause; null when nothing was heard.</summary>
    public Func<string?> Answer { get; init; } = () => null;

    /// <summary>Canceled by a failure that ends the run.</summary>
    public CancellationToken Failure => _failure.Token;

    /// <summary>True when this producer can take no more events. Cheap enough to be asked for each.</summary>
    public bool HasStopped => _failed || _isRefused || (_mayRefuse && watch.Fatal is { Code: ErrorCode.ClusterAuthorizationFailed });

    /// <summary>Whether the cluster grants no idempotent producer, so that another one has to go on.</summary>
    public bool IsRefused => _mayRefuse && _producer?.FatalError == ErrorCode.ClusterAuthorizationFailed;

    /// <summary>Where deliveries are booked.</summary>
    protected DeliveryLedger Ledger => ledger;

    /// <summary>Connects it with the producer that it listens to.</summary>
    /// <param name="producer">The producer, which sent nothing yet.</param>
    public void ListenTo(EventProducer producer) => _producer = producer;

    /// <summary>Takes the events that were given back, when all reports came. From then on every error is a failure.</summary>
    /// <returns>Their reports, with their values; none when no producer was refused.</returns>
    public IReadOnlyList<Delivery> TakeRefused()
    {
        lock (_refused)
        {
            _mayRefuse = false;
            _isRefused = false;
            Delivery[] taken = [.. _refused];
            _refused.Clear();
            return taken;
        }
    }

    /// <summary>Takes reports.</summary>
    /// <param name="deliveries">What became of some events.</param>
    public void OnDelivered(ReadOnlySpan<Delivery> deliveries)
    {
        var alive = false;
        foreach (ref readonly var delivery in deliveries)
        {
            if (delivery.Error is null)
            {
                Book(delivery);
                alive = true;
            }
            else if (IsRefused)
            {
                Refuse(delivery);
            }
            else
            {
                Fail(delivery.Tag, delivery.Error);
            }
        }

        if (alive)
        {
            watch.Alive();
        }

        if (_waiting)
        {
            _room.Set();
        }
    }

    /// <summary>Books an event that can never be delivered.</summary>
    public void Fail(long tag, Error error) => OnFailed(tag, error, ledger.AddFailed());

    /// <summary>Waits a moment for a report, which makes room in the producer's queue.</summary>
    public void WaitForRoom()
    {
        _waiting = true;
        _room.WaitOne(s_longestNap);
        _waiting = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _failure.Dispose();
    }

    /// <summary>Books an event that the brokers acknowledged.</summary>
    protected abstract void Book(in Delivery delivery);

    /// <summary>Reports an event that can never be delivered, once it is booked.</summary>
    /// <param name="isFirst">Whether it is the run's first one.</param>
    protected abstract void OnFailed(long tag, Error error, bool isFirst);

    /// <summary>Ends the run: what still waits is taken back and counts as failed.</summary>
    protected void Stop()
    {
        _failed = true;
        _producer?.TakeBack(wait: false);
        _failure.Cancel();
    }

    /// <summary>Explains why an event was not delivered.</summary>
    /// <returns>A clause with its full stop.</returns>
    protected string Explain(Error error) => error.Code switch
    {
        ErrorCode.Local_MsgTimedOut =>
            $"no acknowledgement came within delivery.timeout.ms{(Answer() is { } answer ? $"; the broker answers: {answer}" : "")}.",
        ErrorCode.MsgSizeTooLarge =>
            "the event, or the batch that it was sent in, is larger than max.message.bytes of the topic (or message.max.bytes of the producer) allows; "
            + "batch_size below [kafka.producer] makes batches smaller.",
        ErrorCode.TopicAuthorizationFailed => "the project may not write to the topic.",
        ErrorCode.Local_UnknownTopic or ErrorCode.UnknownTopicOrPart => "the topic does not exist (any more).",
        _ => error.Reason,
    };

    private void Refuse(in Delivery delivery)
    {
        lock (_refused)
        {
            _refused.Add(delivery);
            _isRefused = true;
        }

        ledger.TakeBackProduced();
    }
}

/// <summary>Events of one partition that wait for their acknowledgement.</summary>
/// <param name="Events">How many.</param>
/// <param name="Sensors">Of how many sensors.</param>
/// <param name="Acknowledged">How many others were acknowledged there so far: as long as this grows, the partition works.</param>
internal readonly record struct PendingEvents(long Events, int Sensors, long Acknowledged)
{
    /// <summary>Stands for the partition of a sensor of which nothing was acknowledged yet.</summary>
    public const int NoPartition = -1;

    /// <summary>Adds the events of a sensor.</summary>
    /// <param name="events">How many.</param>
    public PendingEvents Plus(long events) => this with { Events = Events + events, Sensors = Sensors + 1 };
}
