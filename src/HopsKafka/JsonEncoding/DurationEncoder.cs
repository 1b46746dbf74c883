using System.Buffers.Binary;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes ISO 8601 durations as months, days and milliseconds, which Avro keeps apart: years are months, weeks are days, hours and minutes are milliseconds.</summary>
internal sealed class DurationEncoder(AvroType type) : ValueEncoder(type)
{
    private const int Size = 12;
    private const int Thousandths = 3;

    protected override string Expected => "a duration such as P1M2DT0.003S";

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType != JsonTokenType.String || !TryParse(context.TextOf(ref json), out var months, out var days, out var millis))
        {
            return FailType(ref json, context);
        }

        if (months > uint.MaxValue || days > uint.MaxValue || millis > uint.MaxValue)
        {
            return context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} is out of range; the months, days and milliseconds of a duration are at most {uint.MaxValue}.");
        }

        var bytes = context.Output.Append(Size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)months);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)days);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], (uint)millis);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out Int128 months, out Int128 days, out Int128 millis)
    {
        (months, days, millis) = (0, 0, 0);
        if (text.IsEmpty || text[0] != 'P' || text.Length < 3)
        {
            return false;
        }

        var units = "YMWD"u8;
        var isTime = false;
        for (var rest = text[1..]; !rest.IsEmpty;)
        {
            if (!isTime && rest[0] == 'T')
            {
                isTime = true;
                units = "HMS"u8;
                rest = rest[1..];
            }

            if (!TryPart(ref rest, out var whole, out var thousandths, out var unit))
            {
                return false;
            }

            // Each unit once, in this order; only seconds have a fraction.
            var place = units.IndexOf(unit);
            if (place < 0 || (thousandths > 0 && unit != 'S'))
            {
                return false;
            }

            units = units[(place + 1)..];
            months += isTime ? 0 : whole * (unit == 'Y' ? 12 : unit == 'M' ? 1 : 0);
            days += isTime ? 0 : whole * (unit == 'W' ? 7 : unit == 'D' ? 1 : 0);
            millis += isTime ? (whole * (unit == 'H' ? 3_600_000 : unit == 'M' ? 60_000 : 1000)) + thousandths : 0;
        }

        return true;
    }

    private static bool TryPart(ref ReadOnlySpan<byte> rest, out long whole, out int thousandths, out byte unit)
    {
        const int maxDigits = 18;
        (whole, thousandths, unit) = (0, 0, 0);
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end is <= 0 or > maxDigits || !System.Buffers.Text.Utf8Parser.TryParse(rest[..end], out whole, out _))
        {
            return false;
        }

        rest = rest[end..];
        if (rest[0] == '.')
        {
            var digits = 0;
            for (rest = rest[1..]; !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]); rest = rest[1..], digits++)
            {
                if (digits >= Thousandths && rest[0] != '0')
                {
                    return false;
                }

                thousandths += digits < Thousandths ? (rest[0] - '0') * (digits == 0 ? 100 : digits == 1 ? 10 : 1) : 0;
            }

            if (digits == 0 || rest.IsEmpty)
            {
                return false;
            }
        }

        unit = rest[0];
        rest = rest[1..];
        return true;
    }
}
