namespace HopsKafka.Plotting;

/// <summary>What is known of one sensor at one moment.</summary>
/// <param name="Id">The sensor's id.</param>
/// <param name="Seen">How many readings came in all, the dropped ones that <paramref name="Points"/> lacks included.</param>
/// <param name="Points">The last readings, oldest first.</param>
/// <param name="HasPositions">Whether each of them came with its position; the others were counted instead.</param>
public sealed record PlotSeries(string Id, long Seen, IReadOnlyList<ReadingPoint> Points, bool HasPositions = true);
