using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Encodes floats and doubles, and the texts NaN, Infinity and -Infinity. An integer (no point, no exponent) must be exact, or the shortest
/// text of the number, which .NET and JavaScript write with zeros at its end; 2^53 + 1 is neither. Any other literal means the nearest
/// double, as JSON's numbers do. A float must show what was written: printed with as many digits as the literal has, it is the literal,
/// so <c>0.1</c> fits, and a double with all its digits does not. Numbers beyond the largest are errors, as are those that would become zero.
/// </summary>
/// <param name="isRounding">Whether each literal means the nearest number of the type instead; only those beyond the largest are errors.</param>
internal sealed class FloatingEncoder(AvroType type, bool isRounding = false) : ValueEncoder(type)
{
    private const int ExactDigits = 15; // an integer of so many digits is exact as a double
    private const int ExactFloatDigits = 7;
    private const int MaxDigits = 112; // of any float
    private const uint NanOfFloat = 0x7FC00000; // as Java and Python write it; .NET's has a sign
    private const ulong NanOfDouble = 0x7FF8000000000000;

    private readonly bool _isFloat = type.Kind == "float";

    protected override string Expected => "a number";

    public override bool Accepts(JsonTokenType token) => token is JsonTokenType.Number or JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return TryEncodeText(ref json, context);
        }

        if (json.TokenType != JsonTokenType.Number)
        {
            return FailType(ref json, context);
        }

        var literal = json.ValueSpan;
        double number;
        if (_isFloat)
        {
            json.TryGetSingle(out var single);
            number = single;
        }
        else
        {
            json.TryGetDouble(out number);
        }

        if (!double.IsFinite(number) || (number == 0 && !isRounding && Mantissa(literal).ContainsAnyInRange((byte)'1', (byte)'9')))
        {
            return context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is out of range; the schema says {Description}.");
        }

        if (!isRounding && !IsLossless(ref json, number))
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} would be rounded to {Format(number)}; the schema says {Description}.");
        }

        Write(context.Output, number);
        return true;
    }

    private bool IsLossless(ref Utf8JsonReader json, double number)
    {
        var literal = json.ValueSpan;
        if (_isFloat ? literal.Length <= ExactFloatDigits && !literal.ContainsAny("eE"u8) : literal.Length <= ExactDigits || literal.ContainsAny(".eE"u8))
        {
            // Six digits and a point: a float shows each such number as it was written, if it is not among the tiny ones.
            return true;
        }

        return literal.ContainsAny(".eE"u8) ? RoundTrips((float)number, ref json)
            : IsExact(number, ref json) || IsShortest(number, literal);
    }

    private static bool IsExact(double number, ref Utf8JsonReader json) => json.TryGetInt64(out var integer)
        ? (Int128)number == integer
        : new BigInteger(number) == BigInteger.Parse(Encoding.ASCII.GetString(json.ValueSpan), CultureInfo.InvariantCulture);

    private bool IsShortest(double number, ReadOnlySpan<byte> literal)
    {
        Span<byte> room = stackalloc byte[MaxDigits];
        return DecimalDigits.TryParse(literal, room, out var written)
            && (_isFloat ? FormatsAs((float)number, "R", written) : FormatsAs(number, "R", written));
    }

    private static bool RoundTrips(float number, ref Utf8JsonReader json)
    {
        if (json.TryGetDouble(out var wide) && wide == number)
        {
            return true;
        }

        Span<byte> room = stackalloc byte[MaxDigits];
        if (!DecimalDigits.TryParse(json.ValueSpan, room, out var written))
        {
            return false;
        }

        // The shortest digits are not always the nearest, hence both.
        return FormatsAs(number, "R", written)
            || FormatsAs(number, string.Create(CultureInfo.InvariantCulture, $"E{written.Digits.Length - 1}"), written);
    }

    private static bool FormatsAs<T>(T number, string format, DecimalDigits written)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[MaxDigits + 16];
        Span<byte> room = stackalloc byte[MaxDigits];
        return number.TryFormat(text, out var length, format, CultureInfo.InvariantCulture)
            && DecimalDigits.TryParse(text[..length], room, out var shown)
            && shown.EqualsValue(written);
    }

    private bool TryEncodeText(ref Utf8JsonReader json, EncodingContext context)
    {
        var text = context.TextOf(ref json);
        if (text.SequenceEqual("NaN"u8))
        {
            Write(context.Output, double.NaN);
        }
        else if (text.SequenceEqual("Infinity"u8) || text.SequenceEqual("-Infinity"u8))
        {
            Write(context.Output, text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        }
        else
        {
            return FailType(ref json, context);
        }

        return true;
    }

    private void Write(AvroBuffer output, double number)
    {
        if (_isFloat)
        {
            var bits = double.IsNaN(number) ? NanOfFloat : BitConverter.SingleToUInt32Bits((float)number);
            BinaryPrimitives.WriteUInt32LittleEndian(output.Append(sizeof(uint)), bits);
        }
        else
        {
            var bits = double.IsNaN(number) ? NanOfDouble : BitConverter.DoubleToUInt64Bits(number);
            BinaryPrimitives.WriteUInt64LittleEndian(output.Append(sizeof(ulong)), bits);
        }
    }

    private string Format(double number) => _isFloat
        ? ((float)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("F0", CultureInfo.InvariantCulture);

    // An exponent's digits say nothing about being zero.
    private static ReadOnlySpan<byte> Mantissa(ReadOnlySpan<byte> literal) =>
        literal.IndexOfAny((byte)'e', (byte)'E') is var end and >= 0 ? literal[..end] : literal;
}
