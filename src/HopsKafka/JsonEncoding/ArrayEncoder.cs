using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes arrays as one block.</summary>
/// <param name="items">Encodes an item.</param>
internal sealed class ArrayEncoder(AvroType type, ValueEncoder items) : ValueEncoder(type)
{
    protected override string Expected => "an array";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.StartArray;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return FailType(ref json, context);
        }

        var block = context.Output.BeginBlock();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (!items.TryEncode(ref json, context))
            {
                return false;
            }
        }

        context.Output.EndBlock(block, count);
        return true;
    }
}
