using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes decimals from texts or numbers of JSON, whose digits count as they are written. A digit too many is an error.</summary>
/// <param name="hasPythonSize">
/// Whether the number takes as many bytes as Python's fastavro gives it, (bits of its absolute value + 8) / 8, which for -128 is one more than the fewest.
/// </param>
internal sealed class DecimalEncoder(AvroType type, bool hasPythonSize = false) : ValueEncoder(type)
{
    private const int DigitsOfLong = 18;

    private readonly int _precision = LogicalType.PrecisionOf(type);

    protected override string Expected => "a decimal number";

    public override bool Accepts(JsonTokenType token) => token is JsonTokenType.Number or JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (!Accepts(json.TokenType))
        {
            return FailType(ref json, context);
        }

        var literal = json.TokenType == JsonTokenType.Number ? json.ValueSpan : context.TextOf(ref json);
        Span<byte> room = stackalloc byte[Math.Min(literal.Length, DecimalDigits.MaxDigits)];
        if (!DecimalDigits.TryParse(literal, room, out var value))
        {
            return FailType(ref json, context);
        }

        // Zeros that the scale adds behind the last digit.
        var shift = value.Exponent + Type.Logical.Scale;
        if (!value.Digits.IsEmpty && shift < 0)
        {
            return context.Fail(
                json.TokenStartIndex,
                $"{TokenText.Of(ref json)} has {-value.Exponent} digits after the decimal point; the schema says {Description}, which has {Type.Logical.Scale}.");
        }

        var digits = value.Digits.Length + shift;
        if (!value.Digits.IsEmpty && digits > Math.Min(_precision, DecimalDigits.MaxDigits))
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} needs {digits} digits at a scale of {Type.Logical.Scale}; the schema says {Description}.");
        }

        Write(context.Output, value, value.Digits.IsEmpty ? 0 : (int)shift);
        return true;
    }

    private void Write(AvroBuffer output, in DecimalDigits value, int shift)
    {
        if (value.Digits.Length + shift > DigitsOfLong)
        {
            var magnitude = BigInteger.Parse(Encoding.ASCII.GetString(value.Digits), CultureInfo.InvariantCulture) * BigInteger.Pow(10, shift);
            Write(output, (value.IsNegative ? -magnitude : magnitude).ToByteArray(isBigEndian: true));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ToInt64(value, shift));
        var first = 0;
        while (first < bytes.Length - 1 && bytes[first] == (bytes[first + 1] < 0x80 ? 0 : byte.MaxValue))
        {
            first++;
        }

        Write(output, bytes[first..]);
    }

    // A fixed repeats the sign in the bytes before the number; its size has room for the precision.
    private void Write(AvroBuffer output, ReadOnlySpan<byte> unscaled)
    {
        if (Type.Kind == "bytes")
        {
            var isLeastOfLength = hasPythonSize && unscaled[0] == 0x80 && !unscaled[1..].ContainsAnyExcept((byte)0);
            output.WriteLong(unscaled.Length + (isLeastOfLength ? 1 : 0));
            if (isLeastOfLength)
            {
                output.Append(1)[0] = byte.MaxValue;
            }

            output.Write(unscaled);
            return;
        }

        var bytes = output.Append(Type.Size);
        bytes.Fill(unscaled[0] < 0x80 ? (byte)0 : byte.MaxValue);
        unscaled.CopyTo(bytes[^unscaled.Length..]);
    }

    private static long ToInt64(in DecimalDigits value, int shift)
    {
        long number = 0;
        foreach (var digit in value.Digits)
        {
            number = (number * 10) + (digit - '0');
        }

        for (; shift > 0; shift--)
        {
            number *= 10;
        }

        return value.IsNegative ? -number : number;
    }
}
