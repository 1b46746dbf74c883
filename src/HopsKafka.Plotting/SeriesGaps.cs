namespace HopsKafka.Plotting;

/// <summary>Says where the line of a series breaks, because something is missing there.</summary>
internal static class SeriesGaps
{
    // A pause of a sensor that is a little late now and then is no gap.
    private const double LongPause = 3;

    // Steps are exact: one that is missing is a gap.
    private const double MissingStep = 1;

    /// <summary>The largest distance of two readings that a line joins.</summary>
    /// <param name="points">The readings, in order.</param>
    /// <param name="axis">What their positions count.</param>
    /// <returns>Infinity when the line never breaks.</returns>
    public static double LargestJoined(IReadOnlyList<ReadingPoint> points, FigureAxis axis)
    {
        if (axis == FigureAxis.Events || points.Count < 3)
        {
            return double.PositiveInfinity;
        }

        // Readings of the same moment say nothing of how often a sensor reads.
        var distances = points.Zip(points.Skip(1), (a, b) => b.X - a.X).Where(distance => distance > 0).Order().ToList();
        return distances.Count == 0
            ? double.PositiveInfinity
            : distances[(distances.Count - 1) / 2] * (axis == FigureAxis.Step ? MissingStep : LongPause);
    }
}
