using Confluent.Kafka;
using HopsKafka.AvroValues;
using HopsKafka.Cli;
using HopsKafka.Kafka;

namespace HopsKafka.Producer;

/// <summary>Takes the delivery reports: books them, prints them, and notices the first failure.</summary>
/// <param name="numbers">Says which events they are about.</param>
/// <param name="ledger">Where they are booked.</param>
/// <param name="watch">Is told that something came through.</param>
/// <param name="printer">Prints a line per event; null to print none.</param>
internal sealed class DeliveryListener(EventNumbers numbers, DeliveryLedger ledger, BrokerWatch watch, DeliveryPrinter? printer) : IDisposable
{
    private static readonly TimeSpan s_longestNap = TimeSpan.FromMilliseconds(20);

    private readonly AutoResetEvent _room = new(false);
    private readonly List<(SensorTrack Track, SensorEvent Event)> _refused = [];
    private readonly CancellationTokenSource _failure = new();
    private EventProducer? _producer;
    private WriterSchema? _schema;
    private volatile bool _failed;
    private volatile bool _isRefused;
    private volatile bool _mayRefuse = true;
    private volatile bool _waiting;

    /// <summary>What a broker answered last, as a clause; null when nothing was heard.</summary>
    public Func<string?> Answer { get; init; } = () => null;

    /// <summary>Ends the run at the first failure.</summary>
    public CancellationToken Failure => _failure.Token;

    /// <summary>True when this producer can take no more events. Cheap enough to be asked for each.</summary>
    public bool HasStopped => _failed || _isRefused || (_mayRefuse && watch.Fatal is { Code: ErrorCode.ClusterAuthorizationFailed });

    /// <summary>Whether the cluster grants no idempotent producer, so that another one has to go on.</summary>
    public bool IsRefused => _mayRefuse && _producer?.FatalError == ErrorCode.ClusterAuthorizationFailed;

    /// <summary>Connects it with the producer that it listens to.</summary>
    /// <param name="producer">The producer, which sent nothing yet.</param>
    /// <param name="schema">Reads events that are given back, to send them again.</param>
    public void ListenTo(EventProducer producer, WriterSchema schema) => (_producer, _schema) = (producer, schema);

    /// <summary>Takes the events that were given back, when all reports came. From then on every error is a failure.</summary>
    /// <returns>The events; none when no producer was refused.</returns>
    public IReadOnlyList<(SensorTrack Track, SensorEvent Event)> TakeRefused()
    {
        lock (_refused)
        {
            _mayRefuse = false;
            _isRefused = false;
            (SensorTrack, SensorEvent)[] taken = [.. _refused];
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
            var (track, step) = numbers.EventOf(delivery.Tag);
            if (delivery.Error is not null)
            {
                OnError(track, step, delivery.Error, delivery.Value!);
                continue;
            }

            printer?.Delivered(track, delivery.Partition, delivery.Offset);
            ledger.AddDelivered(track.Index, step, delivery.Partition);
            alive = true;
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

    private void OnError(SensorTrack track, long step, Error error, byte[] value)
    {
        if (IsRefused)
        {
            Refuse(track, new SensorEvent(_schema!.DecodeReading(value), step));
        }
        else
        {
            Fail(track.Id, step, error);
        }
    }

    private void Refuse(SensorTrack track, SensorEvent given)
    {
        lock (_refused)
        {
            _refused.Add((track, given));
            _isRefused = true;
        }

        ledger.TakeBackProduced();
    }

    /// <summary>Books an event that can never be delivered, and tells of the first one.</summary>
    /// <param name="sensor">The sensor's id.</param>
    /// <param name="step">The event's step.</param>
    /// <param name="error">Why.</param>
    public void Fail(string sensor, long step, Error error)
    {
        _failed = true;
        if (ledger.AddFailed())
        {
            // No later event may follow a gap: what still waits is taken back and counts as failed.
            _producer?.TakeBack(wait: false);
            _failure.Cancel();
            Talk.Line($"Sensor Event {sensor} of step {step} could not be produced: {Explain(error)}");
        }
    }

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

    private string Explain(Error error) => error.Code switch
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
}
