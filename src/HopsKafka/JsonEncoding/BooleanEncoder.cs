using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes true and false.</summary>
internal sealed class BooleanEncoder(AvroType type) : ValueEncoder(type)
{
    protected override string Expected => "true or false";

    public override bool Accepts(JsonTokenType token) => token is JsonTokenType.True or JsonTokenType.False;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (!Accepts(json.TokenType))
        {
            return FailType(ref json, context);
        }

        context.Output.Append(1)[0] = json.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
        return true;
    }
}
