using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes maps as one block, in the order of the JSON.</summary>
/// <param name="values">Encodes a value.</param>
internal sealed class MapEncoder(AvroType type, ValueEncoder values) : ValueEncoder(type)
{
    protected override string Expected => "an object";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.StartObject;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return FailType(ref json, context);
        }

        var output = context.Output;
        var keys = context.Segments.Count;
        var block = output.BeginBlock();
        var count = 0;
        for (; json.Read() && json.TokenType == JsonTokenType.PropertyName; count++)
        {
            var offset = (int)json.TokenStartIndex;
            var key = context.TextOf(ref json);
            output.WriteLengthPrefixed(key);
            context.Segments.Push(new Segment(output.Length - key.Length, key.Length, offset));
            json.Read();
            if (!values.TryEncode(ref json, context))
            {
                return false;
            }
        }

        RejectDuplicates(context, keys);
        context.Segments.Pop(keys);
        output.EndBlock(block, count);
        return true;
    }

    // By order, so that a map of any size costs no set.
    private static void RejectDuplicates(EncodingContext context, int first)
    {
        var keys = context.Segments.From(first);
        if (keys.Length < 2)
        {
            return;
        }

        keys.Sort(context.KeyOrder);
        var written = context.Output.Written;
        for (var i = 1; i < keys.Length; i++)
        {
            var (before, key) = (keys[i - 1], keys[i]);
            if (written.Slice(before.Start, before.Length).SequenceEqual(written.Slice(key.Start, key.Length)))
            {
                throw new MalformedJsonException(key.Offset, "the key stands twice in its object.");
            }
        }
    }
}
