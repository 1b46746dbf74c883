using System.Buffers;

namespace HopsKafka.Avro;

/// <summary>Reads one field, also of a nested record, out of the Avro binary of a record; what stands before it is passed over undecoded.</summary>
internal sealed class AvroFieldReader
{
    private readonly AvroType _schema;
    private readonly string[] _names;

    /// <summary>Checks that the schema has the field.</summary>
    /// <param name="path">The field's name; of a field in a nested record, the names with dots between.</param>
    /// <exception cref="FormatException">The schema has no such field; the message is a clause.</exception>
    public AvroFieldReader(AvroType schema, string path)
    {
        (_schema, _names, Path) = (schema, path.Split('.'), path);
        Type = schema;
        foreach (var name in _names)
        {
            var record = Record(Type);
            Type = record?.Fields.FirstOrDefault(field => field.Name == name)?.Type
                ?? throw new FormatException($"the schema has no field {path}{(record is null ? $": what stands before .{name} is no record" : "")}");
        }
    }

    /// <summary>The names with dots between.</summary>
    public string Path { get; }

    /// <summary>The field's type; a union where it is one.</summary>
    public AvroType Type { get; }

    /// <summary>The branch of the union that is a record, or the record itself; null when there is none.</summary>
    private static AvroType? Record(AvroType type) => type.IsRecord ? type : type.Branches.FirstOrDefault(branch => branch.IsRecord);

    /// <summary>Reads the field.</summary>
    /// <param name="value">The record's bytes, without framing.</param>
    /// <param name="bytes">The field's bytes, behind the number of the union's branch.</param>
    /// <returns>The type that they were written as; null for a null, and for a field of a record that is null itself.</returns>
    /// <exception cref="BadMessageException">The bytes are no value of the schema.</exception>
    public AvroType? Find(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> bytes)
    {
        var reader = new AvroSpanReader(value);
        var type = Written(_schema, ref reader);
        foreach (var name in _names)
        {
            if (!type.IsRecord)
            {
                bytes = default;
                return null;
            }

            var index = 0;
            for (; type.Fields[index].Name != name; index++)
            {
                reader.Skip(type.Fields[index].Type);
            }

            type = Written(type.Fields[index].Type, ref reader);
        }

        var rest = reader.Remaining;
        var start = value.Length - rest;
        reader.Skip(type);
        bytes = value[start..(value.Length - reader.Remaining)];
        return type.Kind == "null" ? null : type;
    }

    /// <summary>Writes the field as text: strings as they are, all else as the tools print it.</summary>
    /// <param name="value">The record's bytes, without framing.</param>
    /// <param name="output">Where to, UTF-8.</param>
    /// <returns>False for a null.</returns>
    public bool WriteText(ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        if (Find(value, out var bytes) is not { } type)
        {
            return false;
        }

        if (type.Kind == "string" && type.Logical.Kind == LogicalKind.None)
        {
            output.Write(new AvroSpanReader(bytes).ReadLengthPrefixed());
            return true;
        }

        var field = AvroValueReader.Read(type, bytes.ToArray(), 0);
        Span<byte> room = stackalloc byte[ShortText.Longest];
        output.Write(ShortText.TryWrite(field, room, out var length) ? room[..length] : System.Text.Encoding.UTF8.GetBytes(AvroJson.TextOf(field)));
        return true;
    }

    private static AvroType Written(AvroType type, ref AvroSpanReader reader) => type.Kind == "union" ? reader.ReadBranch(type) : type;
}
