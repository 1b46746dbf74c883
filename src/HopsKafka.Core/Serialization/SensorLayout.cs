using Avro;
using Avro.Generic;
using Avro.IO;

namespace HopsKafka.Serialization;

/// <summary>In which order a record's bytes come: the three values of a reading, and constant bytes for all else.</summary>
internal sealed class SensorLayout
{
    private static readonly Dictionary<string, (SensorPartKind Kind, Avro.Schema.Type Type)> s_known = new(StringComparer.Ordinal)
    {
        ["timestamp"] = (SensorPartKind.Timestamp, Avro.Schema.Type.Long),
        ["id"] = (SensorPartKind.Id, Avro.Schema.Type.String),
        ["value"] = (SensorPartKind.Value, Avro.Schema.Type.Double),
    };

    private SensorLayout(SensorPart[] parts) => Parts = parts;

    public SensorPart[] Parts { get; }

    /// <param name="record">The schema, without logical types.</param>
    /// <exception cref="FormatException">Readings cannot be written with it.</exception>
    public static SensorLayout Of(RecordSchema record)
    {
        foreach (var (name, (_, type)) in s_known)
        {
            Require(record, name, type);
        }

        var defaults = record.Fields.Count > s_known.Count ? Defaults(record) : null;
        return new SensorLayout([.. record.Fields.Select(f => Part(f, defaults))]);
    }

    /// <summary>The plain record of a reading, under a given name.</summary>
    public static RecordSchema PlainRecord(string fullName) => (RecordSchema)Avro.Schema.Parse(
        $$"""{"type":"record","name":"{{fullName}}","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""");

    private static void Require(RecordSchema record, string name, Avro.Schema.Type type)
    {
        var wanted = Avro.Schema.GetTypeString(type);
        if (!record.TryGetField(name, out var field))
        {
            throw new FormatException($"it has no field {name} ({wanted})");
        }

        if (field.Schema.Tag != type)
        {
            throw new FormatException($"its field {name} is a {AvroText.Describe(field.Schema)}, not a {wanted}");
        }
    }

    private static SensorPart Part(Field field, GenericRecord? defaults)
    {
        if (s_known.TryGetValue(field.Name, out var known))
        {
            return new SensorPart(known.Kind, []);
        }

        using var bytes = new MemoryStream();
        new GenericDatumWriter<object?>(field.Schema).Write(defaults!.GetValue(field.Pos), new BinaryEncoder(bytes));
        return new SensorPart(SensorPartKind.Constant, bytes.ToArray());
    }

    // Reading an empty plain record with the schema makes the Avro library fill in all defaults.
    private static GenericRecord Defaults(RecordSchema record)
    {
        foreach (var field in record.Fields.Where(f => !s_known.ContainsKey(f.Name) && f.DefaultValue is null))
        {
            throw new FormatException($"its field {field.Name} has no default");
        }

        try
        {
            var empty = new MemoryStream(new byte[1 + 1 + sizeof(double)]);
            var reader = new GenericDatumReader<GenericRecord>(PlainRecord(record.Fullname), record);
            return reader.Read(null!, new BinaryDecoder(empty));
        }
        catch (AvroException e)
        {
            throw new FormatException($"a default does not fit its field: {Registry.OneLine.Of(e.Message)}", e);
        }
    }
}
