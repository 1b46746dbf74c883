namespace HopsKafka.Sensors;

/// <summary>Makes as many sensors as asked for from a few shapes.</summary>
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
