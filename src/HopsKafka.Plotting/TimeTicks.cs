using System.Globalization;

namespace HopsKafka.Plotting;

/// <summary>Ticks of a time axis at round times of day, in UTC; positions are milliseconds since 1970-01-01.</summary>
internal static class TimeTicks
{
    private const double Second = 1000;
    private const double Minute = 60 * Second;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    private static readonly double[] s_steps =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500,
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second,
        Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour,
        Day, 2 * Day, 7 * Day, 14 * Day, 30 * Day, 90 * Day, 180 * Day, 365 * Day,
    ];

    /// <summary>Whether a calendar has names for these times.</summary>
    public static bool Covers(double min, double max) =>
        min >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() + Day && max <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - Day;

    /// <summary>Makes the ticks within the limits.</summary>
    /// <param name="lower">Lower limit.</param>
    /// <param name="upper">Upper limit.</param>
    /// <param name="ticks">About how many there is room for.</param>
    /// <returns>The ticks, ascending.</returns>
    public static IEnumerable<AxisTick> Between(double lower, double upper, int ticks)
    {
        var raw = (upper - lower) / Math.Max(1, ticks);
        var step = s_steps.FirstOrDefault(s => s >= raw, Math.Ceiling(raw / (365 * Day)) * 365 * Day);
        var format = step >= Day ? "yyyy-MM-dd" : step >= Minute ? "HH:mm" : step >= Second ? "HH:mm:ss" : "HH:mm:ss.fff";
        for (var n = Math.Ceiling(lower / step); n * step <= upper; n++)
        {
            yield return new AxisTick(n * step, Text(n * step, format));
        }
    }

    /// <summary>The date of all times, or the first and the last.</summary>
    public static string Dates(double min, double max)
    {
        if (!Covers(min, max))
        {
            return "";
        }

        var (first, last) = (Text(min, "yyyy-MM-dd"), Text(max, "yyyy-MM-dd"));
        return first == last ? first : $"{first} to {last}";
    }

    private static string Text(double milliseconds, string format) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString(format, CultureInfo.InvariantCulture);
}
