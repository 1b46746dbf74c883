using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// The Kafka producer of a run. If the cluster does not grant an idempotent one, it is replaced by one that keeps the order with one request
/// at a time.
/// </summary>
internal sealed class EventProducer(ProducerConfig settings, Func<ProducerConfig, NativeProducer> build) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The current producer.</summary>
    public NativeProducer Current { get; private set; } = build(settings);

    /// <summary>The producer's fatal error; <see cref="ErrorCode.NoError"/> if there is none.</summary>
    public ErrorCode FatalError => NativeHandle.FatalError(Current.Handle);

    /// <summary>The value of <c>delivery.timeout.ms</c>.</summary>
    public TimeSpan DeliveryTimeout { get; } = TimeSpan.FromMilliseconds(settings.MessageTimeoutMs ?? 300_000);

    /// <summary>Replaces the producer by one without idempotence, and logs a warning.</summary>
    public void DisableIdempotence()
    {
        ConsoleLog.Warning(
            "The cluster does not grant this project an idempotent producer (IDEMPOTENT_WRITE). Continuing without it: the order is kept, "
            + "one request at a time, but an event may be stored twice.",
            WarningCodes.IdempotenceNotGranted,
            remedy: "To start like this without a warning, set enable_idempotence = false in [kafka.producer].");
        lock (_gate)
        {
            Current.Dispose();
            Current = build(new ProducerConfig(new Dictionary<string, string>(settings)) { EnableIdempotence = false, MaxInFlight = 1 });
        }
    }

    /// <summary>Purges all events in the queue; their delivery reports have the error <see cref="ErrorCode.Local_PurgeQueue"/>.</summary>
    /// <param name="wait">Whether to wait for the end of the purge; not within a delivery callback.</param>
    public void Purge(bool wait) => NativeHandle.Purge(Current.Handle, wait);

    /// <summary>Calls an action with the handle of the current producer. For threads other than the one that may replace it.</summary>
    public void WithHandle(Action<Handle> action)
    {
        lock (_gate)
        {
            action(Current.Handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Dispose();
}
