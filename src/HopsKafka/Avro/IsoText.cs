using System.Globalization;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>Dates and times by ISO 8601 as UTF-8, to any number of digits of the second.</summary>
internal static class IsoText
{
    /// <summary>Room for the longest text.</summary>
    public const int MaxLength = 32;

    private const int DigitsOfTicks = 7;
    private const int NanosPerTick = 100;
    private const long NanosPerDay = 86_400_000_000_000;
    private static readonly int s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A date, such as <c>2021-09-16</c>.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="days">Days since 1970-01-01.</param>
    /// <returns>Bytes written; 0 outside the years 1 to 9999.</returns>
    public static int Date(Span<byte> destination, long days)
    {
        var written = 0;
        _ = IsDay(days) && DateOnly.FromDayNumber(s_epoch + (int)days).TryFormat(destination, out written, "O", CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>A time of day, such as <c>16:32:45.123</c>.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="digits">Digits of the second in a unit: 3 for milliseconds, at most 7.</param>
    /// <returns>Bytes written; 0 when it is outside a day.</returns>
    public static int Time(Span<byte> destination, long units, int digits)
    {
        if (units < 0 || units >= UnitsPerDay(digits))
        {
            return 0;
        }

        new TimeOnly(units * Pow10(DigitsOfTicks - digits)).TryFormat(destination, out var written, "O", CultureInfo.InvariantCulture);
        return written - DigitsOfTicks + digits;
    }

    /// <summary>A point in time, such as <c>2021-09-16T16:32:45.123Z</c>.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="units">Units since 1970-01-01T00:00:00.</param>
    /// <param name="digits">Digits of the second in a unit: 3 for milliseconds, 6 or 9.</param>
    /// <param name="isUtc">Whether it ends with the zone.</param>
    /// <returns>Bytes written; 0 outside the years 1 to 9999.</returns>
    public static int Timestamp(Span<byte> destination, long units, int digits, bool isUtc)
    {
        var (days, rest) = Math.DivRem(units, UnitsPerDay(digits));
        if (rest < 0)
        {
            days--;
            rest += UnitsPerDay(digits);
        }

        if (!IsDay(days))
        {
            return 0;
        }

        var (ticks, nanos) = Math.DivRem(rest * Pow10(9 - digits), NanosPerTick);
        new DateTime(((s_epoch + days) * TimeSpan.TicksPerDay) + ticks).TryFormat(destination, out var written, "O", CultureInfo.InvariantCulture);
        if (digits > DigitsOfTicks)
        {
            nanos.TryFormat(destination[written..], out _, "D2", CultureInfo.InvariantCulture);
        }

        written += digits - DigitsOfTicks;
        if (isUtc)
        {
            destination[written++] = (byte)'Z';
        }

        return written;
    }

    private static bool IsDay(long days) => days >= DateOnly.MinValue.DayNumber - s_epoch && days <= DateOnly.MaxValue.DayNumber - s_epoch;

    private static long UnitsPerDay(int digits) => NanosPerDay / Pow10(9 - digits);

    private static long Pow10(int exponent) => exponent switch
    {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1000,
        4 => 10_000,
        6 => 1_000_000,
        _ => throw new ArgumentOutOfRangeException(nameof(exponent)),
    };
}

/// <summary>Prints timestamps of events.</summary>
internal static class TimestampText
{
    /// <summary>Longest text that <see cref="WriteIso"/> writes.</summary>
    public const int MaxIsoLength = IsoText.MaxLength;

    /// <summary>ISO 8601 in UTC to the millisecond, such as <c>2021-09-16T16:32:45.123Z</c>, in UTF-8.</summary>
    /// <param name="destination">At least <see cref="MaxIsoLength"/> bytes.</param>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Bytes written: the bare number when it lies outside the years 1 to 9999.</returns>
    public static int WriteIso(Span<byte> destination, long milliseconds)
    {
        var written = IsoText.Timestamp(destination, milliseconds, 3, isUtc: true);
        if (written == 0)
        {
            milliseconds.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        }

        return written;
    }

    /// <summary>As <see cref="WriteIso"/>, as a string.</summary>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public static string Iso(long milliseconds)
    {
        Span<byte> room = stackalloc byte[MaxIsoLength];
        return Encoding.ASCII.GetString(room[..WriteIso(room, milliseconds)]);
    }
}
