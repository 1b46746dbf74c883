using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>Decodes the sensor readings of one writer's schema: the tutorial's fields in its order at once, all others by Avro's schema resolution.</summary>
internal sealed class SensorDecoder
{
    private static readonly (string Name, AvroType Type, string[] Readable)[] s_fields =
    [
        ("timestamp", new AvroType("long"), ["int", "long"]),
        ("id", new AvroType("string"), ["bytes", "string"]),
        ("value", new AvroType("double"), ["int", "long", "float", "double"]),
    ];

    private readonly StringCache _ids = new();
    private readonly AvroType _writer;
    private readonly WrittenField[] _fields;

    private SensorDecoder(AvroType writer)
    {
        _writer = writer;
        _fields = [.. writer.Fields.Select(WrittenField.Of)];
        IsPlain = writer.Fields.Select(field => (field.Name, field.Type.Kind)).SequenceEqual(s_fields.Select(known => (known.Name, known.Type.Kind)));
    }

    /// <summary>Whether the records need no resolution.</summary>
    public bool IsPlain { get; }

    /// <returns>The decoder; null for any schema but that of readings, whose name is compared without its namespace, as Avro does.</returns>
    public static SensorDecoder? For(AvroType writer, string name) =>
        writer.IsRecord && writer.Name!.Name == name[(name.LastIndexOf('.') + 1)..]
        && SensorSchema.OtherUnit(writer) is null && s_fields.All(known => Has(writer, known.Name, known.Readable))
            ? new SensorDecoder(writer)
            : null;

    /// <param name="message">The value of an event, with Confluent's framing.</param>
    /// <exception cref="BadMessageException">The bytes are no reading.</exception>
    public SensorReading Decode(byte[] message)
    {
        if (!IsPlain)
        {
            return Resolve(message);
        }

        var reader = new AvroSpanReader(message.AsSpan(ConfluentFraming.Size));
        var reading = new SensorReading(reader.ReadLong(), reader.ReadString(_ids), reader.ReadDouble());
        reader.ExpectEnd();
        return reading;
    }

    private SensorReading Resolve(byte[] message)
    {
        var reader = AvroValueReader.OfRecord(_writer, message, ConfluentFraming.Size);
        var (timestamp, id, value) = (0L, "", 0d);
        foreach (var field in _fields)
        {
            switch (field.Known)
            {
                case 0:
                    timestamp = field.IsExact ? reader.Bytes.ReadLong() : Next(ref reader, field).Long;
                    break;
                case 1:
                    id = field.IsExact ? reader.Bytes.ReadString(_ids) : _ids.Of(Next(ref reader, field).Bytes, Encoding.UTF8);
                    break;
                case 2:
                    value = field.IsExact ? reader.Bytes.ReadDouble() : Next(ref reader, field).Double;
                    break;
                default:
                    reader.ReadField(field.Type);
                    break;
            }
        }

        reader.ExpectEnd();
        return new SensorReading(timestamp, id, value);
    }

    private static AvroValue Next(ref AvroValueReader reader, in WrittenField field)
    {
        var written = reader.ReadField(field.Type);
        var (name, type, _) = s_fields[field.Known];
        return written.Type.Kind == type.Kind ? written : AvroResolution.Resolve(written, type, name);
    }

    private static bool Has(AvroType record, string name, string[] kinds) => record.Fields.Any(field =>
        field.Name == name && (field.Type.Kind == "union" ? field.Type.Branches : [field.Type]).Any(type => kinds.Contains(type.Kind)));

    // A field as the writer has it: which of the known ones it is (-1: none), and whether it needs no resolution.
    private readonly record struct WrittenField(AvroType Type, int Known, bool IsExact)
    {
        public static WrittenField Of(AvroField field)
        {
            var known = Array.FindIndex(s_fields, known => known.Name == field.Name);
            return new WrittenField(field.Type, known, known >= 0 && s_fields[known].Type.Kind == field.Type.Kind);
        }
    }
}
