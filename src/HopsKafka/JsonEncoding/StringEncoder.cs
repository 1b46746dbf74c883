using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes texts.</summary>
/// <param name="longest">The most characters (code points) that a text may have; null for any number.</param>
internal sealed class StringEncoder(AvroType type, int? longest = null) : ValueEncoder(type)
{
    protected override string Expected => "a text";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        var text = context.TextOf(ref json);
        if (text.Length > longest && CountRunes(text) is var count && count > longest)
        {
            return context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} has {count} characters; at most {longest} are stored.");
        }

        context.Output.WriteLengthPrefixed(text);
        return true;
    }

    private static int CountRunes(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
