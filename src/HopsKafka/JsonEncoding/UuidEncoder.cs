using System.Buffers.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes UUIDs of 36 characters: as 16 bytes, or as the text that it is.</summary>
internal sealed class UuidEncoder(AvroType type) : ValueEncoder(type)
{
    private const int Size = 16;

    protected override string Expected => "a UUID such as 123e4567-e89b-12d3-a456-426614174000";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        var text = context.TextOf(ref json);
        if (!Utf8Parser.TryParse(text, out Guid uuid, out var length, 'D') || length != text.Length)
        {
            return FailType(ref json, context);
        }

        if (Type.Kind == "string")
        {
            context.Output.WriteLengthPrefixed(text);
        }
        else
        {
            uuid.TryWriteBytes(context.Output.Append(Size), bigEndian: true, out _);
        }

        return true;
    }
}
