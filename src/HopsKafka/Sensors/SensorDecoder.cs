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
    private readonly int[] _places;

    private SensorDecoder(AvroType writer)
    {
        _writer = writer;
        _places = [.. s_fields.Select(known => writer.Fields.ToList().FindIndex(field => field.Name == known.Name))];
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
        var values = AvroValueReader.Read(_writer, message, ConfluentFraming.Size).Items;
        return new SensorReading(Resolve(values, 0).Long, _ids.Of(Resolve(values, 1).Bytes, Encoding.UTF8), Resolve(values, 2).Double);
    }

    private AvroValue Resolve(AvroValue[] values, int field)
    {
        ref readonly var value = ref values[_places[field]];
        var (name, type, _) = s_fields[field];
        return value.Type.Kind == type.Kind ? value : AvroResolution.Resolve(value, type, name);
    }

    private static bool Has(AvroType record, string name, string[] kinds) => record.Fields.Any(field =>
        field.Name == name && (field.Type.Kind == "union" ? field.Type.Branches : [field.Type]).Any(type => kinds.Contains(type.Kind)));
}
