using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>Encodes a union of null and one other type. Unlike any union, it has no tags.</summary>
/// <param name="value">Encodes what is not null.</param>
/// <param name="isKey">Whether null is refused, because the feature is part of the primary key.</param>
internal sealed class NullableEncoder(AvroType type, ValueEncoder value, bool isKey = false) : ValueEncoder(type)
{
    private readonly int _null = type.Branches[0].Kind == "null" ? 0 : 1;

    public override string Description => value.Description;

    protected override string Expected => "null";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.Null || value.Accepts(token);

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.Null)
        {
            context.Output.WriteLong(1 - _null);
            return value.TryEncode(ref json, context);
        }

        if (isKey)
        {
            return context.Fail(json.TokenStartIndex, $"it is null, and part of the primary key.");
        }

        context.Output.WriteLong(_null);
        return true;
    }
}
