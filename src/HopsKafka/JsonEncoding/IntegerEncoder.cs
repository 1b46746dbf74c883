using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes ints and longs. <c>1.0</c> and <c>1e3</c> are integers too; what is none, or out of range, is an error.</summary>
/// <param name="range">A smaller range than the type's; null for the type's.</param>
internal sealed class IntegerEncoder(AvroType type, IntegerRange? range = null) : ValueEncoder(type)
{
    private readonly long _min = range?.Min ?? (type.Kind == "int" ? int.MinValue : long.MinValue);
    private readonly long _max = range?.Max ?? (type.Kind == "int" ? int.MaxValue : long.MaxValue);

    public override string Description => range?.Name ?? base.Description;

    protected override string Expected => "an integer";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.Number;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.Number)
        {
            return FailType(ref json, context);
        }

        if (!json.TryGetInt64(out var number))
        {
            return TryEncodeLiteral(ref json, context);
        }

        if (number < _min || number > _max)
        {
            return OutOfRange(ref json, context);
        }

        context.Output.WriteLong(number);
        return true;
    }

    // With a point, an exponent, or more digits than a long.
    private bool TryEncodeLiteral(ref Utf8JsonReader json, EncodingContext context)
    {
        Span<byte> room = stackalloc byte[Math.Min(json.ValueSpan.Length, DecimalDigits.MaxDigits)];
        if (DecimalDigits.TryParse(json.ValueSpan, room, out var digits) && (!digits.IsInteger || (range is not null && json.ValueSpan.ContainsAny(".eE"u8))))
        {
            return FailType(ref json, context);
        }

        if (!digits.TryGetInt64(out var number) || number < _min || number > _max)
        {
            return OutOfRange(ref json, context);
        }

        context.Output.WriteLong(number);
        return true;
    }

    private bool OutOfRange(ref Utf8JsonReader json, EncodingContext context) =>
        context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is out of range; the schema says {Description}, {_min} to {_max}.");
}

/// <summary>The values of a kind of integers, which are written without point and exponent.</summary>
/// <param name="Name">What messages call it.</param>
internal sealed record IntegerRange(string Name, long Min, long Max);
