using HopsKafka.Avro;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>A schema that events were written with, ready to decode them.</summary>
internal sealed class WriterSchema
{
    private readonly AvroType? _type;
    private readonly string? _unusable;
    private readonly SensorDecoder? _sensor;

    private WriterSchema(int id, string text, AvroType? type, string? unusable, SensorDecoder? sensor) =>
        (Id, Text, _type, _unusable, _sensor) = (id, text, type, unusable, sensor);

    /// <summary>Its id in the registry; 0 for a schema from a file.</summary>
    public int Id { get; }

    /// <summary>The registered text.</summary>
    public string Text { get; }

    /// <summary>Whether its records are sensor readings.</summary>
    public bool IsSensor => _sensor is not null;

    /// <summary>Whether the text is a valid Avro schema.</summary>
    public bool IsUsable => _type is not null;

    /// <summary>Its root.</summary>
    /// <exception cref="BadMessageException">The text is no Avro schema.</exception>
    public AvroType Type => _type ?? throw new BadMessageException(BadMessageReason.SchemaDoesNotResolve, _unusable!);

    /// <summary>Parses a schema. Never fails: with an invalid text, each value fails to decode with the reason.</summary>
    /// <param name="sensor">Name of the records that are sensor readings, if their fields allow it; null for none.</param>
    public static WriterSchema Of(int id, string text, string? sensor)
    {
        try
        {
            var type = AvroType.Parse(text);
            return new WriterSchema(id, text, type, null, sensor is null ? null : SensorDecoder.For(type, sensor));
        }
        catch (InvalidSchemaException e)
        {
            return new WriterSchema(id, text, null, $"The writer's schema (id {id}) is not a valid Avro schema: {e.Message}.", null);
        }
    }

    /// <summary>Decodes a value with Confluent's framing.</summary>
    /// <param name="message">The whole value; it must not change while the result is used.</param>
    /// <exception cref="BadMessageException">The bytes are no value of this schema.</exception>
    public AvroValue Decode(byte[] message) => AvroValueReader.Read(Type, message, ConfluentFraming.Size);

    /// <summary>Decodes the unframed value of a feature group's topic.</summary>
    /// <param name="message">The whole value; it must not change while the result is used.</param>
    /// <exception cref="BadMessageException">The bytes are no record of this feature group.</exception>
    public AvroValue DecodeFeatures(byte[] message) => AvroValueReader.ReadFeatures(Type, message);

    /// <summary>Decodes a sensor reading with Confluent's framing.</summary>
    /// <exception cref="BadMessageException">The bytes are no reading.</exception>
    public SensorReading DecodeReading(byte[] message) =>
        (_sensor ?? throw new InvalidOperationException("This schema is no sensor's.")).Decode(message);
}
