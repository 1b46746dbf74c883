using System.Globalization;

namespace HopsKafka.Plotting;

/// <summary>
/// Limits and ticks of one axis. Values far from 1 are drawn in units of a power of ten, so that nothing overflows even
/// with readings around ±1e308, where the distance of two readings is infinite.
/// </summary>
internal sealed class AxisScale
{
    private const double LargestPlain = 1e10;
    private const double SmallestPlain = 1e-4;

    // Smaller values count as 0: powers of ten lose digits there.
    private const double Nothing = 1e-300;

    private readonly double _unit;
    private readonly int _exponent;
    private readonly double _step;
    private readonly bool _isTime;

    private AxisScale(double min, double max, int ticks, double margin, bool whole)
    {
        var magnitude = Math.Max(Math.Abs(min), Math.Abs(max));
        _exponent = ExponentFor(magnitude);
        _unit = Math.Pow(10, _exponent);
        var (low, high) = (Draw(min), Draw(max));
        var size = Draw(magnitude);
        // Below this, two readings differ by less than the precision of a double.
        var flat = size < Nothing || high - low <= size * 1e-12;
        var pad = flat ? FlatPad(size, whole) : (high - low) * margin;
        (Lower, Upper) = (low - pad, high + pad);
        _step = NiceStep((Upper - Lower) / Math.Max(1, ticks));
        _step = whole && _exponent == 0 ? Math.Max(1, _step) : _step;
        Ticks = [.. MakeTicks()];
    }

    private AxisScale(double lower, double upper, float width)
    {
        (Lower, Upper) = (TimeTicks.ToDays(lower), TimeTicks.ToDays(upper));
        _isTime = true;
        Ticks = TimeTicks.Between(Lower, Upper, width);
    }

    /// <summary>Lower limit, in drawn units.</summary>
    public double Lower { get; }

    /// <summary>Upper limit, in drawn units.</summary>
    public double Upper { get; }

    /// <summary>The ticks within the limits, ascending.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>Fits an axis around finite values.</summary>
    /// <param name="ticks">Approximate number of ticks.</param>
    /// <param name="margin">Room at each end, as a share of the range.</param>
    /// <param name="whole">Whether the axis counts: no ticks between whole numbers.</param>
    public static AxisScale Fit(double min, double max, int ticks, double margin, bool whole) =>
        new(min, max, ticks, margin, whole);

    /// <summary>Fits an axis around times; times outside the calendar are drawn as numbers.</summary>
    /// <param name="min">The first, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="max">The last.</param>
    /// <param name="width">Available pixels.</param>
    /// <param name="margin">Room at each end, as a share of the range.</param>
    public static AxisScale FitTime(double min, double max, float width, double margin)
    {
        var pad = max > min ? (max - min) * margin : 1000;
        return TimeTicks.Covers(min - pad, max + pad)
            ? new AxisScale(min - pad, max + pad, width)
            : Fit(min, max, (int)(width / 100), margin, whole: true);
    }

    /// <summary>Turns a value into drawn units.</summary>
    public double Draw(double value) => _isTime ? TimeTicks.ToDays(value) : value / _unit;

    private static int ExponentFor(double magnitude) =>
        magnitude is < Nothing or (>= SmallestPlain and < LargestPlain) ? 0 : (int)Math.Floor(Math.Log10(magnitude));

    private double FlatPad(double size, bool whole)
    {
        if (whole)
        {
            return Math.Max(1 / _unit, size * 1e-6);
        }

        return size < Nothing ? 1 : size * 0.05;
    }

    private static double NiceStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var fraction = raw / power;
        return power * fraction switch { < 1.5 => 1, < 3 => 2, < 7 => 5, _ => 10 };
    }

    private IEnumerable<AxisTick> MakeTicks()
    {
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(_step) + 1e-9), 0, 15);
        for (var n = Math.Ceiling(Lower / _step); n * _step <= Upper; n++)
        {
            yield return new AxisTick(n * _step, Label(n, decimals));
        }
    }

    private string Label(double n, int decimals)
    {
        if (n == 0)
        {
            return "0";
        }

        var number = (n * _step).ToString("N" + decimals, CultureInfo.InvariantCulture).Replace('-', '\u2212');
        return _exponent == 0 ? number : $"{number}e{_exponent}";
    }
}

/// <summary>A labelled position of an axis.</summary>
/// <param name="Position">Position in the axis' unit.</param>
/// <param name="Label">Text of the label.</param>
internal readonly record struct AxisTick(double Position, string Label);
