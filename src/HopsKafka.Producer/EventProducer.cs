using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Producer;

/// <summary>
/// The Kafka producer of a run. Where Hopsworks does not grant an idempotent one, another takes its place that keeps the order with
/// one request at a time.
/// </summary>
/// <param name="settings">Its properties.</param>
/// <param name="build">Makes a producer of properties.</param>
internal sealed class EventProducer(ProducerConfig settings, Func<ProducerConfig, IProducer<SensorTrack, SensorEvent>> build) : IDisposable
{
    /// <summary>The producer to use now.</summary>
    public IProducer<SensorTrack, SensorEvent> Current { get; private set; } = build(settings);

    /// <summary>Replaces the producer by one without idempotence, and says so.</summary>
    public void GoOnWithoutIdempotence()
    {
        Talk.Warning(
            "The cluster does not grant this project an idempotent producer (IDEMPOTENT_WRITE). Going on without: the order is kept, "
            + "one request at a time, but an event may be stored twice. enable_idempotence = false below [kafka.producer] starts so.");
        Current.Dispose();
        Current = build(new ProducerConfig(new Dictionary<string, string>(settings)) { EnableIdempotence = false, MaxInFlight = 1 });
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Dispose();
}
