using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>The layout of a record: the three values of a reading, and constant bytes for other fields.</summary>
internal static class SensorLayout
{
    private static readonly (string Name, string Type, SensorPartKind Kind)[] s_known =
        [("timestamp", "long", SensorPartKind.Timestamp), ("id", "string", SensorPartKind.Id), ("value", "double", SensorPartKind.Value)];

    /// <exception cref="FormatException">Readings cannot be written with this schema.</exception>
    public static SensorPart[] Of(AvroType record)
    {
        foreach (var (name, type, _) in s_known)
        {
            Require(record, name, type);
        }

        var limit = default(ValueLimit);
        var parts = new SensorPart[record.Fields.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var known = Array.FindIndex(s_known, k => k.Name == record.Fields[i].Name);
            parts[i] = known >= 0
                ? new SensorPart(s_known[known].Kind, [])
                : new SensorPart(SensorPartKind.Constant, Default(record.Fields[i], ref limit));
        }

        return parts;
    }

    private static void Require(AvroType record, string name, string wanted)
    {
        var field = record.Fields.FirstOrDefault(f => f.Name == name) ?? throw new FormatException($"it has no field {name} ({wanted})");
        if (field.Type.Kind != wanted)
        {
            var found = AvroType.IsPrimitive(field.Type.Kind) ? field.Type.Kind : DisplayText.Of(CanonicalForm.Of(field.Type));
            throw new FormatException($"its field {name} is a {found}, not a {wanted}");
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
