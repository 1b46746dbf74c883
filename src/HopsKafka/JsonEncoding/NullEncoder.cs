using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes null, which takes no bytes.</summary>
internal sealed class NullEncoder(AvroType type) : ValueEncoder(type)
{
    protected override string Expected => "null";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.Null;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context) =>
        json.TokenType == JsonTokenType.Null || FailType(ref json, context);
}
