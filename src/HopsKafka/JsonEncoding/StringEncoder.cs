using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes texts.</summary>
internal sealed class StringEncoder(AvroType type) : ValueEncoder(type)
{
    protected override string Expected => "a text";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        context.Output.WriteLengthPrefixed(context.TextOf(ref json));
        return true;
    }
}
