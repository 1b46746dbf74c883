using Confluent.Kafka;
using Confluent.SchemaRegistry;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Reads sensor readings by the writer's schema, which the registry gives once per id. Safe for use by several threads.
/// <see cref="DecodeAsync"/> is for a loop that consumes raw bytes, so that a slow registry never keeps it from polling.
/// </summary>
/// <param name="client">The registry. Stays the caller's to dispose.</param>
/// <param name="schema">The local schema: records of its name are read, whatever their namespace.</param>
internal sealed class SensorDeserializer(ISchemaRegistryClient client, SensorSchema schema) : IDeserializer<SensorReading>
{
    private readonly SchemaCache<SensorDecoder> _writers = new(async id => (await client.GetSchemaAsync(id)).SchemaString, (id, text) => SensorDecoder.For(id, text, schema.FullName));

    /// <summary>Decodes the value of one event.</summary>
    /// <param name="value">The value, with Confluent's framing.</param>
    /// <param name="cancellationToken">Gives up waiting for the registry.</param>
    /// <returns>The reading; already there when the schema's id was seen before.</returns>
    /// <exception cref="BadMessageException">The bytes are no reading; trying again would not help.</exception>
    /// <exception cref="HopsworksException">
    /// The registry refused or stayed away: the event may be sound. When <see cref="HopsworksException.IsTransient"/>,
    /// wait and try again; the event's offset must not be stored.
    /// </exception>
    public ValueTask<SensorReading> DecodeAsync(ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        var id = ConfluentFraming.ReadSchemaId(value.Span);
        return _writers.TryGet(id, out var decoder)
            ? ValueTask.FromResult(decoder.Decode(value.Span[ConfluentFraming.Size..]))
            : FetchAndDecodeAsync(id, value, cancellationToken);
    }

    /// <summary>
    /// Decodes within a Confluent consumer. For loops of others: the first event of each schema id blocks the poll loop until
    /// the registry has answered.
    /// </summary>
    /// <inheritdoc/>
    /// <exception cref="BadMessageException">The bytes are no reading, or there is no value.</exception>
    /// <exception cref="HopsworksException">The registry refused or stayed away.</exception>
    public SensorReading Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => isNull
        ? throw new BadMessageException(BadMessageReason.NoValue, "The event has no value (a tombstone), so it is no reading.")
        : DecodeNow(data);

    private SensorReading DecodeNow(ReadOnlySpan<byte> data)
    {
        var id = ConfluentFraming.ReadSchemaId(data);
        if (!_writers.TryGet(id, out var decoder))
        {
            decoder = _writers.GetAsync(id, CancellationToken.None).GetAwaiter().GetResult();
        }

        return decoder.Decode(data[ConfluentFraming.Size..]);
    }

    private async ValueTask<SensorReading> FetchAndDecodeAsync(int id, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        var decoder = await _writers.GetAsync(id, cancellationToken);
        return decoder.Decode(value.Span[ConfluentFraming.Size..]);
    }
}
