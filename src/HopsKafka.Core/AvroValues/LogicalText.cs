using System.Globalization;
using System.Numerics;
using HopsKafka.AvroTypes;

namespace HopsKafka.AvroValues;

/// <summary>Values of logical types as text: ISO 8601 for dates and times, decimal digits for decimals.</summary>
internal static class LogicalText
{
    private const long NanosPerDay = 86_400_000_000_000;
    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    /// <summary>The text; null when the type has no logical type, or the number lies outside what the text can say.</summary>
    public static string? Of(in AvroValue value) => value.Type.Logical.Kind switch
    {
        LogicalKind.Decimal => Decimal(value.Bytes, value.Type.Logical.Scale),
        LogicalKind.Uuid => value.Type.Kind == "fixed" ? new Guid(value.Bytes, bigEndian: true).ToString() : value.Text,
        LogicalKind.Date => Date(value.Whole),
        LogicalKind.TimeMillis => Time(value.Whole, 3),
        LogicalKind.TimeMicros => Time(value.Whole, 6),
        LogicalKind.TimestampMillis => Timestamp(value.Whole, 3, "Z"),
        LogicalKind.TimestampMicros => Timestamp(value.Whole, 6, "Z"),
        LogicalKind.TimestampNanos => Timestamp(value.Whole, 9, "Z"),
        LogicalKind.LocalTimestampMillis => Timestamp(value.Whole, 3, ""),
        LogicalKind.LocalTimestampMicros => Timestamp(value.Whole, 6, ""),
        LogicalKind.LocalTimestampNanos => Timestamp(value.Whole, 9, ""),
        LogicalKind.Duration => Duration(value.Bytes),
        _ => null,
    };

    private static string? Date(long days) =>
        days >= DateOnly.MinValue.DayNumber - s_epoch.DayNumber && days <= DateOnly.MaxValue.DayNumber - s_epoch.DayNumber
            ? s_epoch.AddDays((int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    private static string? Time(long units, int digits)
    {
        var perDay = NanosPerDay / Pow10(9 - digits);
        return units < 0 || units >= perDay ? null : TimeOfDay(units, digits);
    }

    private static string? Timestamp(long units, int digits, string zone)
    {
        var (days, rest) = Math.DivRem(units, NanosPerDay / Pow10(9 - digits));
        if (rest < 0)
        {
            days--;
            rest += NanosPerDay / Pow10(9 - digits);
        }

        return Date(days) is { } date ? $"{date}T{TimeOfDay(rest, digits)}{zone}" : null;
    }

    private static string TimeOfDay(long units, int digits)
    {
        var (seconds, fraction) = Math.DivRem(units, Pow10(digits));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}");
    }

    // A number of any size; a huge scale is refused by what it takes to print it, so it stays bytes.
    private static string? Decimal(ReadOnlySpan<byte> bytes, int scale)
    {
        const int mostDigits = 1000;
        if (scale > mostDigits || bytes.Length > mostDigits)
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

    private static long Pow10(int exponent)
    {
        var power = 1L;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
