using System.Globalization;
using System.Numerics;

namespace HopsKafka.Avro;

/// <summary>Values of logical types as text: ISO 8601 for dates and times, decimal digits for decimals.</summary>
internal static class LogicalText
{
    /// <summary>Bytes of a decimal, and its scale, beyond which it is shown as bytes: a huge scale would make a huge text.</summary>
    public const int MaxDecimalSize = 1000;

    /// <summary>The text of values that <see cref="TryWrite"/> does not write; null if the type has no logical type, or the text would be longer than is useful.</summary>
    public static string? Of(in AvroValue value) =>
        value.Type.Logical.Kind switch
        {
            LogicalKind.Decimal => Decimal(value.Bytes, value.Type.Logical.Scale),
            LogicalKind.Uuid when value.Type.Kind == "string" => value.Text,
            LogicalKind.Duration => Duration(value.Bytes),
            _ => null,
        };

    /// <summary>Writes dates, times, and the uuid of sixteen bytes.</summary>
    /// <param name="destination">At least <see cref="ShortText.MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written: ASCII.</param>
    /// <returns>False for all others, and for numbers outside what the text can say.</returns>
    public static bool TryWrite(in AvroValue value, Span<byte> destination, out int length)
    {
        length = value.Type.Logical.Kind switch
        {
            LogicalKind.Uuid when value.Type.Kind == "fixed" => Uuid(value.Bytes, destination),
            LogicalKind.Date => IsoText.Date(destination, value.Long),
            LogicalKind.TimeMillis => IsoText.Time(destination, value.Long, 3),
            LogicalKind.TimeMicros => IsoText.Time(destination, value.Long, 6),
            LogicalKind.TimestampMillis => IsoText.Timestamp(destination, value.Long, 3, isUtc: true),
            LogicalKind.TimestampMicros => IsoText.Timestamp(destination, value.Long, 6, isUtc: true),
            LogicalKind.TimestampNanos => IsoText.Timestamp(destination, value.Long, 9, isUtc: true),
            LogicalKind.LocalTimestampMillis => IsoText.Timestamp(destination, value.Long, 3, isUtc: false),
            LogicalKind.LocalTimestampMicros => IsoText.Timestamp(destination, value.Long, 6, isUtc: false),
            LogicalKind.LocalTimestampNanos => IsoText.Timestamp(destination, value.Long, 9, isUtc: false),
            _ => 0,
        };
        return length > 0;
    }

    private static int Uuid(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        new Guid(bytes, bigEndian: true).TryFormat(destination, out var written);
        return written;
    }

    private static string? Decimal(ReadOnlySpan<byte> bytes, int scale)
    {
        if (scale > MaxDecimalSize || bytes.Length > MaxDecimalSize)
        {
            return null;
        }

        var unscaled = new BigInteger(bytes, isBigEndian: true);
        if (scale == 0)
        {
            return unscaled.ToString(CultureInfo.InvariantCulture);
        }

        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }

    // ISO 8601: three independent numbers, as Avro means them.
    private static string Duration(ReadOnlySpan<byte> bytes)
    {
        var months = BitConverter.ToUInt32(bytes);
        var days = BitConverter.ToUInt32(bytes[4..]);
        var millis = BitConverter.ToUInt32(bytes[8..]);
        return string.Create(CultureInfo.InvariantCulture, $"P{months}M{days}DT{millis / 1000}.{millis % 1000:000}S");
    }
}
