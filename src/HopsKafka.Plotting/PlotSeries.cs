namespace HopsKafka.Plotting;

/// <summary>The readings of one sensor at one time.</summary>
/// <param name="Seen">Number of all readings, including those no longer in <paramref name="Points"/>.</param>
/// <param name="Points">The last readings, oldest first.</param>
/// <param name="HasPositions">Whether each reading has its own position; otherwise the position is its number.</param>
internal sealed record PlotSeries(string Id, long Seen, IReadOnlyList<ReadingPoint> Points, bool HasPositions = true);

/// <summary>One reading of a sensor as a point of its series.</summary>
/// <param name="X">Position on the shared axis: the time step, the time, or the number of the event.</param>
/// <param name="Y">The value; NaN and infinite values are counted but not drawn.</param>
/// <param name="Partition">Its partition; <see cref="NoPartition"/> for none.</param>
internal readonly record struct ReadingPoint(double X, double Y, int Partition = ReadingPoint.NoPartition)
{
    /// <summary>The partition of a reading without one.</summary>
    public const int NoPartition = -1;
}
