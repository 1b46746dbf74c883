using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using ScottPlot.TickGenerators.TimeUnits;

namespace HopsKafka.Plotting;

/// <summary>ScottPlot's ticks of a time axis, in UTC and as ISO 8601 writes times; times are milliseconds since 1970-01-01.</summary>
internal static class TimeTicks
{
    private static readonly double s_first = new DateTimeOffset(1000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly double s_last = new DateTimeOffset(3000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Whether the times can be drawn as such: ScottPlot steps over the end of the calendar when they are near to it.</summary>
    public static bool Covers(double min, double max) => min >= s_first && max <= s_last;

    /// <summary>What ScottPlot draws a time as: days since 1899-12-30.</summary>
    public static double ToDays(double milliseconds) => (milliseconds / TimeSpan.MillisecondsPerDay) + DateTime.UnixEpoch.ToOADate();

    /// <summary>Makes the ticks within the limits.</summary>
    /// <param name="lower">Lower limit, in days.</param>
    /// <param name="upper">Upper limit.</param>
    /// <param name="width">Pixels that there is room for.</param>
    public static IReadOnlyList<AxisTick> Between(double lower, double upper, float width)
    {
        using var paint = Paint.NewDisposablePaint();
        var style = new LabelStyle { FontName = FigureFont.Typeface.FamilyName, FontSize = FigureLayout.TickSize };
        var ticks = new DateTimeAutomatic();
        ticks.LabelFormatter = time => time.ToString(Format(ticks.TimeUnit, time), CultureInfo.InvariantCulture);
        ticks.Regenerate(new CoordinateRange(lower, upper), Edge.Bottom, new PixelLength(width), paint, style);
        return [.. ticks.Ticks.Select(tick => new AxisTick(tick.Position, tick.Label))];
    }

    /// <summary>The date of all times, or the first and the last.</summary>
    public static string Dates(double min, double max)
    {
        if (!Covers(min, max))
        {
            return "";
        }

        var (first, last) = (Date(min), Date(max));
        return first == last ? first : $"{first} to {last}";
    }

    private static string Format(ITimeUnit? unit, DateTime time) => unit switch
    {
        Millisecond or Centisecond or Decisecond => "HH:mm:ss.fff",
        Second => "HH:mm:ss",
        Minute or Hour when time.TimeOfDay > TimeSpan.Zero => "HH:mm",
        _ => "yyyy-MM-dd",
    };

    private static string Date(double milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
