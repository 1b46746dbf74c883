using System.Text;
using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes symbols. The default of an enum is for readers: an unknown symbol is an error.</summary>
internal sealed class EnumEncoder(AvroType type) : ValueEncoder(type)
{
    private const int MaxListed = 10;

    private readonly Utf8NameTable _symbols = new(type.Symbols);

    protected override string Expected => "a symbol";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        var symbol = context.TextOf(ref json);
        var index = _symbols.Find(symbol);
        if (index < 0)
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} is not a symbol of {Description}{Known(Encoding.UTF8.GetString(symbol))}");
        }

        context.Output.WriteLong(index);
        return true;
    }

    private string Known(string symbol)
    {
        var listed = string.Join(", ", _symbols.Names.Take(MaxListed));
        return Suggestions.Find(symbol, _symbols.Names) is { } near ? $"; did you mean {near}?"
            : _symbols.Names.Count > MaxListed ? $", whose symbols are {listed}, …"
            : $", whose symbols are {listed}.";
    }
}
