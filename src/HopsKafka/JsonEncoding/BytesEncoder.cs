using System.Buffers.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes bytes and fixed, which are base64 in JSON.</summary>
internal sealed class BytesEncoder(AvroType type) : ValueEncoder(type)
{
    protected override string Expected => "base64";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        var text = context.TextOf(ref json);
        if (!Base64.IsValid(text, out var length))
        {
            return FailType(ref json, context);
        }

        if (Type.Kind == "bytes")
        {
            context.Output.WriteLong(length);
        }
        else if (length != Type.Size)
        {
            return context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is base64 of {length} bytes; the schema says {Description}.");
        }

        Base64.DecodeFromUtf8(text, context.Output.Append(length), out _, out _);
        return true;
    }
}
