using System.Buffers;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>Reads one field, also of a nested record, out of the Avro binary of a record, without decoding the others.</summary>
internal sealed class AvroFieldReader
{
    private readonly Step[] _steps;

    /// <summary>Finds the field in a schema.</summary>
    /// <param name="path">The field's name; for a field of a nested record, the names with dots between.</param>
    /// <exception cref="FormatException">The schema has no such field; the message is a clause.</exception>
    public AvroFieldReader(AvroType schema, string path)
    {
        Path = path;
        Type = schema;
        var names = path.Split('.');
        _steps = new Step[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var record = Type.Alternatives.FirstOrDefault(type => type.IsRecord);
            var fields = record?.Fields.ToList() ?? [];
            var index = fields.FindIndex(candidate => candidate.Name == names[i]);
            if (index < 0)
            {
                throw new FormatException($"the schema has no field {path}{(record is null ? $": the part before .{names[i]} is not a record" : "")}");
            }

            _steps[i] = new Step(Type, record!, [.. fields.Take(index).Select(before => before.Type)]);
            Type = fields[index].Type;
        }
    }

    /// <summary>The names with dots between.</summary>
    public string Path { get; }

    /// <summary>The field's type; a union where it is one.</summary>
    public AvroType Type { get; }

    /// <summary>Finds the field's value.</summary>
    /// <param name="record">The record's bytes, without framing.</param>
    /// <param name="value">The bytes of the field's value, after the index of the union's branch.</param>
    /// <returns>The type that it was written with; null if it is null, or a field of a record that is null.</returns>
    /// <exception cref="BadMessageException">The bytes are not a value of the schema.</exception>
    public AvroType? Find(ReadOnlySpan<byte> record, out ReadOnlySpan<byte> value)
    {
        value = record;
        foreach (var step in _steps)
        {
            if (Unwrap(step.Type, value, out value) != step.Record)
            {
                value = default;
                return null;
            }

            foreach (var before in step.Before)
            {
                value = value[AvroValueSkipper.LengthOf(before, value, out _)..];
            }
        }

        var type = Unwrap(Type, value, out value);
        value = type is null ? default : value[..AvroValueSkipper.LengthOf(type, value, out _)];
        return type;
    }

    /// <summary>Removes the index of a union's branch from the start of a value.</summary>
    /// <param name="type">The type, a union or another.</param>
    /// <param name="value">The bytes after the index.</param>
    /// <returns>The type that the value was written with; null for Avro's null.</returns>
    public static AvroType? Unwrap(AvroType type, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        var reader = new AvroSpanReader(bytes);
        var written = type.Kind == "union" ? reader.ReadBranch(type) : type;
        value = bytes[^reader.Remaining..];
        return written.Kind == "null" ? null : written;
    }

    /// <summary>Writes a value as text: strings as they are, others as the tools print them.</summary>
    /// <param name="type">The type that it was written with, not a union.</param>
    /// <param name="output">Receives UTF-8.</param>
    public static void WriteText(AvroType type, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        if (type.Kind == "string")
        {
            output.Write(new AvroSpanReader(value).ReadLengthPrefixed());
            return;
        }

        var decoded = AvroValueReader.Read(type, value.ToArray(), 0);
        Span<byte> room = stackalloc byte[ShortText.MaxLength];
        output.Write(ShortText.TryWrite(decoded, room, out var length) ? room[..length] : Encoding.UTF8.GetBytes(AvroJson.TextOf(decoded)));
    }

    // What leads to a field: the type that holds its record, the record, and the types of the fields before it.
    private sealed record Step(AvroType Type, AvroType Record, AvroType[] Before);
}
