using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer.Decoding;

/// <summary>Decodes events by the writers' schemas, which are fetched from the registry once per id.</summary>
internal sealed class EventDecoder(SchemaCache<WriterSchema> schemas, DecodeOptions options)
{
    /// <summary>Decodes one event; synchronously once its schemas are known.</summary>
        /// <param name="stop">Cancels the wait for the registry.</param>
    /// <exception cref="BadMessageException">The bytes are invalid; retrying would not help.</exception>
    /// <exception cref="HopsworksException">The request to the registry failed: the event may be valid.</exception>
    public ValueTask<DecodedEvent> DecodeAsync(ConsumeResult<byte[], byte[]> source, CancellationToken stop)
    {
        var key = options.Key == ValueFormat.Avro && source.Message.Key is { } bytes ? ConfluentFraming.ReadSchemaId(bytes, "key") : (int?)null;
        var value = SchemaIdOf(source, out var isFeatureGroup);
        if (Known(key, out var keySchema) && Known(value, out var valueSchema))
        {
            return ValueTask.FromResult(Decode(source, keySchema, valueSchema, isFeatureGroup));
        }

        return FetchAndDecodeAsync(source, key, value, isFeatureGroup, stop);
    }

    /// <summary>The text of the schema that a value names.</summary>
    /// <returns>The text; null if it was not fetched yet.</returns>
    public string? SchemaTextOf(ConsumeResult<byte[], byte[]> source)
    {
        try
        {
            return SchemaIdOf(source, out _) is { } id && schemas.TryGet(id, out var schema) ? schema.Text : null;
        }
        catch (BadMessageException)
        {
            // The value contains no schema id, which may be the reason why it cannot be decoded.
            return null;
        }
    }

    private async ValueTask<DecodedEvent> FetchAndDecodeAsync(
        ConsumeResult<byte[], byte[]> source, int? key, int? value, bool isFeatureGroup, CancellationToken stop)
    {
        var keySchema = key is { } k ? await schemas.GetAsync(k, stop) : null;
        var valueSchema = value is { } v ? await schemas.GetAsync(v, stop) : null;
        return Decode(source, keySchema, valueSchema, isFeatureGroup);
    }

    private bool Known(int? id, out WriterSchema? schema)
    {
        schema = null;
        return id is null || schemas.TryGet(id.Value, out schema);
    }

    private int? SchemaIdOf(ConsumeResult<byte[], byte[]> source, out bool isFeatureGroup)
    {
        isFeatureGroup = false;
        if (source.Message.Value is not { } value || options.Value != ValueFormat.Avro)
        {
            return null;
        }

        (var id, isFeatureGroup) = EventSchemaId.Of(value, source.Message.Headers, options.FeatureGroupSchema);
        return id;
    }

    private DecodedEvent Decode(ConsumeResult<byte[], byte[]> source, WriterSchema? keySchema, WriterSchema? schema, bool isFeatureGroup)
    {
        var isReading = schema is not null && options.NeedsReadings && schema.IsSensor && !isFeatureGroup;
        return new DecodedEvent(source)
        {
            Key = keySchema?.Decode(source.Message.Key),
            Schema = schema,
            Reader = options.Reader,
            IsFeatureGroup = isFeatureGroup,
            IsTombstone = source.Message.Value is null || (isFeatureGroup && EventSchemaId.IsDeletion(source.Message.Headers)),
            Reading = isReading ? schema!.DecodeReading(source.Message.Value!) : null,
            Value = schema is null || (isReading && !options.NeedsFields) ? null : Resolved(isFeatureGroup, schema, source.Message.Value!),
        };
    }

    private AvroValue Resolved(bool isFeatureGroup, WriterSchema schema, byte[] bytes)
    {
        var value = isFeatureGroup ? schema.DecodeFeatures(bytes) : schema.Decode(bytes);
        return options.Reader is null ? value : AvroResolution.Resolve(value, options.Reader.Type);
    }
}
