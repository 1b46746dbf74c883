using Avro;
using HopsKafka.Avro;

namespace HopsKafka.Sensors;

/// <summary>
/// Decodes records of another shape by the rules of Avro's schema resolution: fields by name in any order, further fields
/// skipped, narrower numbers widened, bytes as string, unions by their branch.
/// </summary>
internal sealed class ResolvingSensorDecoder : SensorDecoder
{
    private readonly RecordSchema _writer;

    /// <exception cref="FormatException">The writer's schema does not resolve.</exception>
    public ResolvingSensorDecoder(RecordSchema writer)
    {
        _writer = writer;
        Require("timestamp", IsTimestamp);
        Require("id", IsId);
        Require("value", IsValue);
    }

    public override SensorReading Decode(ReadOnlySpan<byte> record)
    {
        var reader = new AvroSpanReader(record);
        var limit = default(ValueLimit);
        var (timestamp, id, value) = (0L, "", 0d);
        foreach (var field in _writer.Fields)
        {
            switch (field.Name)
            {
                case "timestamp":
                    timestamp = ReadTimestamp(ref reader, Actual(ref reader, field, IsTimestamp));
                    break;
                case "id":
                    Actual(ref reader, field, IsId);
                    id = reader.ReadString();
                    break;
                case "value":
                    value = ReadValue(ref reader, Actual(ref reader, field, IsValue));
                    break;
                default:
                    AvroSkipper.Skip(ref reader, ref limit, field.Schema);
                    break;
            }
        }

        reader.ExpectEnd();
        return new SensorReading(timestamp, id, value);
    }

    private static bool IsTimestamp(global::Avro.Schema.Type type) => type is global::Avro.Schema.Type.Int or global::Avro.Schema.Type.Long;

    private static bool IsId(global::Avro.Schema.Type type) => type is global::Avro.Schema.Type.String or global::Avro.Schema.Type.Bytes;

    private static bool IsValue(global::Avro.Schema.Type type) =>
        type is global::Avro.Schema.Type.Int or global::Avro.Schema.Type.Long or global::Avro.Schema.Type.Float or global::Avro.Schema.Type.Double;

    private static long ReadTimestamp(ref AvroSpanReader reader, global::Avro.Schema.Type type) =>
        type == global::Avro.Schema.Type.Int ? reader.ReadInt() : reader.ReadLong();

    private static double ReadValue(ref AvroSpanReader reader, global::Avro.Schema.Type type) => type switch
    {
        global::Avro.Schema.Type.Int => reader.ReadInt(),
        global::Avro.Schema.Type.Long => reader.ReadLong(),
        global::Avro.Schema.Type.Float => reader.ReadFloat(),
        _ => reader.ReadDouble(),
    };

    // The type of this very value: a union's branch is known only from the bytes.
    private static global::Avro.Schema.Type Actual(ref AvroSpanReader reader, Field field, Func<global::Avro.Schema.Type, bool> fits)
    {
        var type = field.Schema is UnionSchema union ? AvroSkipper.Branch(ref reader, union).Tag : field.Schema.Tag;
        return fits(type)
            ? type
            : throw new BadMessageException(
                BadMessageReason.SchemaDoesNotResolve, $"Field {field.Name} of the record holds a {AvroSchemaText.TypeName(type)}.");
    }

    private void Require(string name, Func<global::Avro.Schema.Type, bool> fits)
    {
        if (!_writer.TryGetField(name, out var field))
        {
            throw new FormatException($"it has no field {name}");
        }

        if (!(field.Schema is UnionSchema union ? union.Schemas.Any(s => fits(s.Tag)) : fits(field.Schema.Tag)))
        {
            throw new FormatException($"its field {name} is a {AvroSchemaText.Describe(field.Schema)}");
        }
    }
}
