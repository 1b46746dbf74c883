namespace HopsKafka.Plotting;

/// <summary>Finds the gaps of a series, where its line is interrupted.</summary>
internal static class SeriesGaps
{
    // A sensor that is late now and then has no gap.
    private const double LongPause = 3;

    // A missing step is a gap.
    private const double MissingStep = 1;

    /// <summary>The largest distance of two readings that a line joins.</summary>
    /// <param name="points">The readings, in order.</param>
    /// <param name="axis">What their positions count.</param>
    /// <returns>Infinity if the line has no gap.</returns>
    public static double LargestJoined(IReadOnlyList<ReadingPoint> points, FigureAxis axis)
    {
        if (axis == FigureAxis.Events || points.Count < 3)
        {
            return double.PositiveInfinity;
        }

        // Readings of the same time do not count for the sensor's interval.
        var distances = points.Zip(points.Skip(1), (a, b) => b.X - a.X).Where(distance => distance > 0).Order().ToList();
        return distances.Count == 0
            ? double.PositiveInfinity
            : distances[(distances.Count - 1) / 2] * (axis == FigureAxis.Step ? MissingStep : LongPause);
    }
}
