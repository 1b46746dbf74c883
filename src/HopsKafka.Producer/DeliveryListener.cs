using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Kafka;

namespace HopsKafka.Producer;

/// <summary>Takes the delivery reports: books them, prints them, and notices the first failure.</summary>
/// <param name="ledger">Where they are booked.</param>
/// <param name="watch">Is told that something came through.</param>
/// <param name="printer">Prints a line per event; null to print none.</param>
/// <param name="onFirstFailure">Called once, on librdkafka's thread or the sending one.</param>
/// <param name="fatal">The producer's fatal error, known before the reports of the events that it cost.</param>
internal sealed class DeliveryListener(
    DeliveryLedger ledger, BrokerWatch watch, DeliveryPrinter? printer, Action onFirstFailure, Func<ErrorCode> fatal) : IDisposable
{
    private static readonly TimeSpan s_longestNap = TimeSpan.FromMilliseconds(20);

    private readonly AutoResetEvent _room = new(false);
    private readonly List<(SensorTrack Track, SensorEvent Event)> _refused = [];
    private volatile bool _failed;
    private volatile bool _isRefused;
    private volatile bool _mayRefuse = true;
    private volatile bool _waiting;

    /// <summary>What a broker answered last, as a clause; null when nothing was heard.</summary>
    public Func<string?> Answer { get; init; } = () => null;

    /// <summary>True once an event can never be delivered.</summary>
    public bool HasFailed => _failed;

    /// <summary>True when this producer can take no more events. Cheap enough to be asked for each.</summary>
    public bool HasStopped => _failed || _isRefused || (_mayRefuse && watch.Fatal is { Code: ErrorCode.ClusterAuthorizationFailed });

    /// <summary>Whether the cluster grants no idempotent producer, so that another one has to go on.</summary>
    public bool IsRefused => _mayRefuse && fatal() == ErrorCode.ClusterAuthorizationFailed;

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

    /// <summary>Takes one report.</summary>
    /// <param name="report">The report.</param>
    public void OnReport(DeliveryReport<SensorTrack, SensorEvent> report)
    {
        var track = report.Message.Key;
        if (report.Error.IsError && IsRefused)
        {
            Refuse(track, report.Message.Value);
        }
        else if (report.Error.IsError)
        {
            Fail(track.Id, report.Message.Value.Step, report.Error);
        }
        else
        {
            printer?.Delivered(track.Id, report.Topic, report.Partition.Value, report.Offset.Value);
            ledger.AddDelivered(track.Index, report.Message.Value.Step, report.Partition.Value);
            watch.Alive();
        }

        if (_waiting)
        {
            _room.Set();
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
            onFirstFailure();
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
    public void Dispose() => _room.Dispose();

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
