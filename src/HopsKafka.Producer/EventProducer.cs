using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// The Kafka producer of a run. Where Hopsworks does not grant an idempotent one, another takes its place that keeps the order with
/// one request at a time.
/// </summary>
internal sealed class EventProducer(ProducerConfig settings, Func<ProducerConfig, NativeProducer> build) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The producer to use now.</summary>
    public NativeProducer Current { get; private set; } = build(settings);

    /// <summary>The failure after which it can never work again.</summary>
    public ErrorCode FatalError => NativeHandle.FatalError(Current.Handle);

    /// <summary>How long an event may take to be acknowledged.</summary>
    public TimeSpan DeliveryTimeout { get; } = TimeSpan.FromMilliseconds(settings.MessageTimeoutMs ?? 300_000);

    /// <summary>Replaces the producer by one without idempotence, and says so.</summary>
    public void GoOnWithoutIdempotence()
    {
        ConsoleLog.Warning(
            "The cluster does not grant this project an idempotent producer (IDEMPOTENT_WRITE). Continuing without it: the order is kept, "
            + "one request at a time, but an event may be stored twice.",
            remedy: "To start like this without a warning, set enable_idempotence = false in [kafka.producer].",
            code: "idempotence_not_granted");
        lock (_gate)
        {
            Current.Dispose();
            Current = build(new ProducerConfig(new Dictionary<string, string>(settings)) { EnableIdempotence = false, MaxInFlight = 1 });
        }
    }

    /// <summary>Takes back all events that still wait; their delivery reports say so.</summary>
    /// <param name="wait">Whether to wait until it is done; not from within a report.</param>
    public void TakeBack(bool wait) => NativeHandle.Purge(Current.Handle, wait);

    /// <summary>Does something to the producer on another thread than the one that may replace it.</summary>
    /// <param name="action">What to do.</param>
    public void Use(Action<Handle> action)
    {
        lock (_gate)
        {
            action(Current.Handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Dispose();
}
