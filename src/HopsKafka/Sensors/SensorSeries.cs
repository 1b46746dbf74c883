using System.Collections.Concurrent;

namespace HopsKafka.Sensors;

/// <summary>
/// The time series of one emulated sensor with trend, season and noise: a pure function of (seed, sensor, step). Steps 0 to 4
/// and then 5 to 9 are the very values of 0 to 9 in one go, on any machine.
/// </summary>
public sealed class SensorSeries
{
    /// <summary>The seed of a run that names none.</summary>
    public const long DefaultSeed = 42;

    private const int MaxTableSize = 65_536;

    // The season depends on the period alone, so a million sensors share a few tables.
    private static readonly ConcurrentDictionary<int, double[]> s_seasons = new();

    private readonly ulong _noiseStream;
    private readonly double[]? _season;

    /// <summary>Prepares the series of a sensor.</summary>
    /// <param name="shape">Parameters of the sensor.</param>
    /// <param name="seed">Seed of the noise.</param>
    public SensorSeries(SensorShape shape, long seed = DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        _noiseStream = Noise.StreamOf(seed, shape.Id);
        if (shape.Period <= MaxTableSize && double.IsInteger(shape.Period) && double.IsInteger(shape.Phase))
        {
            _season = s_seasons.GetOrAdd(
                (int)shape.Period, static period => [.. Enumerable.Range(0, period).Select(step => Pattern(step / (double)period))]);
        }
    }

    /// <summary>Parameters of the sensor.</summary>
    public SensorShape Shape { get; }

    /// <summary>The value at a time step.</summary>
    /// <param name="step">Time step from 0; exact up to 2⁵³.</param>
    /// <returns>The value in the sensor's unit.</returns>
    public double ValueAt(long step)
    {
        var value = Shape.Baseline + (Shape.Slope * step) + (Shape.Amplitude * SeasonAt(step));
        return Shape.Noise == 0 ? value : value + (Shape.Noise * Noise.At(_noiseStream, step));
    }

    private static double Pattern(double x) =>
        x < 0.4 ? PortableMath.CosineOfTurns(x) : 1 / PortableMath.Exp(3 * x);

    private double SeasonAt(long step)
    {
        var position = (step + Shape.Phase) % Shape.Period;
        if (position < 0)
        {
            position += Shape.Period;
        }

        return _season is null ? Pattern(position / Shape.Period) : _season[(int)position];
    }
}
