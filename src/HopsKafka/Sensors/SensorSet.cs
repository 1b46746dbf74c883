namespace HopsKafka.Sensors;

/// <summary>Creates any number of sensors from a few shapes.</summary>
public static class SensorSet
{
    // The golden ratio's fraction spreads any number of shifts evenly over a period.
    private const decimal GoldenFraction = 0.618033988749895m;

    /// <summary>
    /// The first <paramref name="count"/> sensors. Beyond the given shapes they start again from the first; round k (from 1)
    /// of a shape has its phase shifted by floor(frac(k · 0.618033988749895) · period) steps. The tutorial's sensors go on as
    /// <c>sensor8</c>, <c>sensor9</c>, …; any other as <c>{id}-2</c>, <c>{id}-3</c>, …, leaving out what another one is called.
    /// </summary>
    /// <param name="shapes">The shapes to take, at least one.</param>
    /// <param name="count">How many sensors, from 1.</param>
    /// <returns>The sensors, each with an id of its own.</returns>
    public static IReadOnlyList<SensorShape> Take(IReadOnlyList<SensorShape> shapes, int count)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var numbered = shapes.Select((shape, i) => shape.Id == $"sensor{i}").All(follows => follows);
        var taken = shapes.Select(shape => shape.Id).ToHashSet();
        return [.. Enumerable.Range(0, count).Select(i => Sensor(shapes[i % shapes.Count], i, i / shapes.Count, numbered, taken))];
    }

    private static SensorShape Sensor(SensorShape shape, int index, int round, bool numbered, HashSet<string> taken)
    {
        if (round == 0)
        {
            return shape;
        }

        var id = numbered ? $"sensor{index}" : $"{shape.Id}-{round + 1}";
        for (var next = round + 2; !taken.Add(id); next++)
        {
            id = $"{shape.Id}-{next}";
        }

        var fraction = (double)(round * GoldenFraction % 1);
        return shape with
        {
            Id = id,
            Phase = shape.Phase + Math.Floor(fraction * shape.Period),
        };
    }
}

/// <summary>
/// The parameters of one emulated sensor: <c>value(step) = Baseline + Slope·step + Amplitude·pattern(((step + Phase) mod
/// Period) / Period) + Noise·N(0,1)</c>, where <c>pattern(x)</c> is <c>cos(2πx)</c> below 0.4 and <c>1/exp(3x)</c> from there on.
/// </summary>
/// <param name="Id">The sensor's id, which is also the key of its events.</param>
/// <param name="Baseline">Value around which the series starts.</param>
/// <param name="Slope">Trend, in value per step.</param>
/// <param name="Period">Length of the season in steps; above 0.</param>
/// <param name="Amplitude">Amplitude of the season.</param>
/// <param name="Noise">Standard deviation of the noise; 0 for none.</param>
/// <param name="Phase">Shift of the season in steps.</param>
public sealed record SensorShape(
    string Id, double Baseline, double Slope, double Period, double Amplitude, double Noise, double Phase)
{
    /// <summary>The eight sensors of the tutorial, <c>sensor0</c> to <c>sensor7</c>.</summary>
    public static IReadOnlyList<SensorShape> Tutorial { get; } =
    [
        new("sensor0", 10, 0.1, 100, 40, 5, 0),
        new("sensor1", 10, 0.2, 50, 30, 4, 0),
        new("sensor2", 20, -0.1, 100, 50, 6, 20),
        new("sensor3", 10, 0.1, 100, 40, 0, 0),
        new("sensor4", 30, -0.1, 100, 40, 5, 0),
        new("sensor5", 40, 0, 200, 10, 4, 0),
        new("sensor6", 0, 0.3, 100, 20, 6, 50),
        new("sensor7", -10, 0.1, 100, 40, 9, 0),
    ];
}
