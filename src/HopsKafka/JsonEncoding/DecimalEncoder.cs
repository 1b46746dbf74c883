using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes decimals from texts or numbers of JSON, whose digits count as they are written. A digit too many is an error.</summary>
internal sealed class DecimalEncoder(AvroType type) : ValueEncoder(type)
{
    private const int DigitsOfLong = 18;

    private readonly int _precision = LogicalType.PrecisionOf(type);

    protected override string Expected => "a decimal number";

    public override bool Accepts(JsonTokenType token) => token is JsonTokenType.Number or JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (!Accepts(json.TokenType))
        {
            return Refuse(ref json, context);
        }

        var literal = json.TokenType == JsonTokenType.Number ? json.ValueSpan : context.TextOf(ref json);
        Span<byte> room = stackalloc byte[Math.Min(literal.Length, DecimalDigits.Most)];
        if (!DecimalDigits.TryParse(literal, room, out var value))
        {
            return Refuse(ref json, context);
        }

        // Zeros that the scale adds behind the last digit.
        var shift = value.Exponent + Type.Logical.Scale;
        if (!value.Digits.IsEmpty && shift < 0)
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} has {-value.Exponent} digits behind the point; the schema says {Description}, which has {Type.Logical.Scale}.");
        }

        var digits = value.Digits.Length + shift;
        if (!value.Digits.IsEmpty && digits > Math.Min(_precision, DecimalDigits.Most))
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} needs {digits} digits at a scale of {Type.Logical.Scale}; the schema says {Description}.");
        }

        Write(context.Output, value, value.Digits.IsEmpty ? 0 : (int)shift);
        return true;
    }

    private void Write(AvroBuffer output, in DecimalDigits value, int shift)
    {
        var unscaled = Unscaled(value, shift);
        var length = unscaled.GetByteCount();
        if (Type.Kind == "bytes")
        {
            output.WriteLong(length);
        }

        // A fixed repeats the sign in the bytes before it; its size has room for the precision.
        var bytes = output.Append(Type.Kind == "bytes" ? length : Type.Size);
        bytes.Fill(unscaled.Sign < 0 ? byte.MaxValue : (byte)0);
        unscaled.TryWriteBytes(bytes[^length..], out _, isBigEndian: true);
    }

    private static BigInteger Unscaled(in DecimalDigits value, int shift)
    {
        BigInteger magnitude;
        if (value.Digits.Length + shift <= DigitsOfLong)
        {
            long number = 0;
            foreach (var digit in value.Digits)
            {
                number = (number * 10) + (digit - '0');
            }

            for (var i = 0; i < shift; i++)
            {
                number *= 10;
            }

            magnitude = number;
        }
        else
        {
            magnitude = BigInteger.Parse(Encoding.ASCII.GetString(value.Digits), CultureInfo.InvariantCulture) * BigInteger.Pow(10, shift);
        }

        return value.IsNegative ? -magnitude : magnitude;
    }
}
