using System.Buffers;
using Avro;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>In which order a record's bytes come: the three values of a reading, and constant bytes for all else.</summary>
internal sealed class SensorLayout
{
    private static readonly Dictionary<string, (SensorPartKind Kind, global::Avro.Schema.Type Type)> s_known = new(StringComparer.Ordinal)
    {
        ["timestamp"] = (SensorPartKind.Timestamp, global::Avro.Schema.Type.Long),
        ["id"] = (SensorPartKind.Id, global::Avro.Schema.Type.String),
        ["value"] = (SensorPartKind.Value, global::Avro.Schema.Type.Double),
    };

    private SensorLayout(SensorPart[] parts) => Parts = parts;

    public SensorPart[] Parts { get; }

    /// <param name="record">The schema, without logical types.</param>
    /// <param name="text">Its text, from which defaults are taken: Apache.Avro's own reading of them has no limit.</param>
    /// <exception cref="FormatException">Readings cannot be written with it.</exception>
    public static SensorLayout Of(RecordSchema record, string text)
    {
        foreach (var (name, (_, type)) in s_known)
        {
            Require(record, name, type);
        }

        return new SensorLayout(record.Fields.Count > s_known.Count ? WithDefaults(text) : [.. record.Fields.Select(f => new SensorPart(s_known[f.Name].Kind, []))]);
    }

    /// <summary>The plain record of a reading, under a given name.</summary>
    public static RecordSchema PlainRecord(string fullName) => (RecordSchema)global::Avro.Schema.Parse(
        $$"""{"type":"record","name":"{{fullName}}","fields":[{"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""");

    private static void Require(RecordSchema record, string name, global::Avro.Schema.Type type)
    {
        var wanted = global::Avro.Schema.GetTypeString(type);
        if (!record.TryGetField(name, out var field))
        {
            throw new FormatException($"it has no field {name} ({wanted})");
        }

        if (field.Schema.Tag != type)
        {
            throw new FormatException($"its field {name} is a {AvroSchemaText.Describe(field.Schema)}, not a {wanted}");
        }
    }

    private static SensorPart[] WithDefaults(string text)
    {
        try
        {
            var limit = default(ValueLimit);
            var parts = new List<SensorPart>();
            foreach (var field in AvroType.Parse(text).Fields)
            {
                parts.Add(s_known.TryGetValue(field.Name, out var known)
                    ? new SensorPart(known.Kind, [])
                    : new SensorPart(SensorPartKind.Constant, Default(field, ref limit)));
            }

            return [.. parts];
        }
        catch (InvalidSchemaException e)
        {
            throw new FormatException($"it is no valid Avro schema: {DisplayText.Of(e.Message)}", e);
        }
    }

    private static byte[] Default(AvroField field, ref ValueLimit limit)
    {
        try
        {
            var value = AvroDefaultValue.Of(field, ref limit) ?? throw new FormatException($"its field {field.Name} has no default");
            var bytes = new ArrayBufferWriter<byte>();
            AvroValueWriter.Write(bytes, field.Type, value);
            return bytes.WrittenSpan.ToArray();
        }
        catch (BadMessageException e)
        {
            throw new FormatException($"the default of its field {field.Name} does not fit: {DisplayText.Of(e.Message).TrimEnd('.')}", e);
        }
    }
}

/// <summary>One field of a record that readings are written with.</summary>
/// <param name="Kind">What is written.</param>
/// <param name="Constant">The bytes of <see cref="SensorPartKind.Constant"/>; empty otherwise.</param>
internal readonly record struct SensorPart(SensorPartKind Kind, byte[] Constant);

/// <summary>What a field of the record takes from a reading.</summary>
internal enum SensorPartKind
{
    Timestamp,
    Id,
    Value,
    Constant,
}
