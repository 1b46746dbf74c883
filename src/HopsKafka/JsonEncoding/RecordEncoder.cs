using System.Buffers;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Encodes records. Fields in the order of the schema are written where they belong; when others come, all are put in order at the end of
/// the object.
/// </summary>
internal class RecordEncoder(AvroType type) : ValueEncoder(type)
{
    private const int MaxListed = 10;

    // Only defaults are larger than their JSON: an empty object may stand for a megabyte, and an array has many of them.
    private const int MaxSize = 64 * 1024 * 1024;

    private readonly Utf8NameTable _names = new([.. type.Fields.Select(field => field.Name)]);
    private readonly byte[]?[] _defaults = new byte[type.Fields.Count][];
    private ValueEncoder[] _fields = [];

    protected override string Expected => "an object";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.StartObject;

    /// <summary>Sets the encoders of the fields, of which one may be this record's own.</summary>
    public void SetFields(ValueEncoder[] fields) => _fields = fields;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return FailKind(ref json, context);
        }

        var start = context.Output.Length;
        var fields = context.Segments.Push(_fields.Length);
        var (inPlace, likely, isInOrder) = (0, 0, true);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(context.TextOf(ref json), likely);
            if (index < 0)
            {
                if (!context.IgnoresUnknownFields)
                {
                    return context.Fail(json.TokenStartIndex, $"{Description} has no such {Part}{Known(Encoding.UTF8.GetString(context.TextOf(ref json)))}");
                }

                json.Skip();
                continue;
            }

            var offset = (int)json.TokenStartIndex;
            if (context.Segments[fields + index].Offset > 0)
            {
                throw new MalformedJsonException(offset, $"the {Part} stands twice in its object.");
            }

            isInOrder &= index == inPlace;
            inPlace += isInOrder ? 1 : 0;
            likely = index + 1;
            var begin = context.Output.Length;
            json.Read();
            if (!_fields[index].TryEncode(ref json, context))
            {
                return false;
            }

            context.Segments[fields + index] = new Segment(begin, context.Output.Length - begin, offset);
        }

        if (!TryFinish(ref json, context, fields))
        {
            return false;
        }

        if (inPlace < _fields.Length && !TryReorder(ref json, context, start, fields, inPlace))
        {
            return false;
        }

        context.Segments.Pop(fields);
        return true;
    }

    /// <summary>Fails because the value is no object.</summary>
    /// <returns>False.</returns>
    protected virtual bool FailKind(ref Utf8JsonReader json, EncodingContext context) => FailType(ref json, context);

    /// <summary>What messages call a member of the object.</summary>
    protected virtual string Part => "field";

    /// <summary>Finds the field of a name.</summary>
    /// <param name="likely">The index to look at first.</param>
    /// <returns>Its index; -1 for none.</returns>
    protected virtual int Find(ReadOnlySpan<byte> name, int likely) => _names.Find(name, likely);

    /// <summary>Looks at the encoded fields, before they are put in order.</summary>
    /// <param name="fields">Where the segments of the fields start; those of missing ones have the offset 0.</param>
    /// <returns>False when the object is refused.</returns>
    protected virtual bool TryFinish(ref Utf8JsonReader json, EncodingContext context, int fields) => true;

    // Writes the fields from the first that is not in place once more, in order, and takes out what they are copies of.
    private bool TryReorder(ref Utf8JsonReader json, EncodingContext context, int start, int fields, int inPlace)
    {
        var output = context.Output;
        var end = output.Length;
        for (var i = inPlace; i < _fields.Length; i++)
        {
            var field = context.Segments[fields + i];
            if (field.Offset > 0)
            {
                output.AppendCopy(field.Start, field.Length);
            }
            else if (!TryWriteMissing(ref json, context, i))
            {
                return false;
            }
        }

        if (inPlace > 0)
        {
            var last = context.Segments[fields + inPlace - 1];
            start = last.Start + last.Length;
        }

        output.Remove(start, end);
        return true;
    }

    /// <summary>Writes what stands for a field that is missing: its default.</summary>
    /// <returns>False when the object cannot do without it.</returns>
    protected virtual bool TryWriteMissing(ref Utf8JsonReader json, EncodingContext context, int index)
    {
        var field = Type.Fields[index];
        if (field.Default is null)
        {
            return context.Fail(json.TokenStartIndex, $"the field is missing, and the schema has no default for it.{NullHint(field)}", field.Name);
        }

        try
        {
            context.Output.Write(_defaults[index] ??= DefaultOf(field));
        }
        catch (BadMessageException e)
        {
            return context.Fail(json.TokenStartIndex, $"the field is missing, and its default cannot be used: {e.Message}", field.Name);
        }

        return context.Output.Length <= MaxSize
            ? true
            : throw new MalformedJsonException(json.TokenStartIndex, $"with the defaults of missing fields, the value is larger than {MaxSize} bytes.");
    }

    private static byte[] DefaultOf(AvroField field)
    {
        var limit = default(ValueLimit);
        var bytes = new ArrayBufferWriter<byte>();
        AvroValueWriter.Write(bytes, field.Type, AvroDefaultValue.Of(field, ref limit)!.Value);
        return bytes.WrittenSpan.ToArray();
    }

    private static string NullHint(AvroField field) => field.Type.Kind == "union" && field.Type.Branches.Any(branch => branch.Kind == "null")
        ? $" Write \"{field.Name}\":null for none, or give the field a default in the schema."
        : "";

    private string Known(string name)
    {
        var listed = string.Join(", ", _names.Names.Take(MaxListed));
        return Suggestions.Find(name, _names.Names) is { } near ? $"; did you mean {near}?"
            : _names.Names.Count > MaxListed ? $"; its {Part}s are {listed}, …"
            : _names.Names.Count > 0 ? $"; its {Part}s are {listed}."
            : ".";
    }
}
