namespace HopsKafka.Consumer;

/// <summary>A range of offsets of a partition whose events were written.</summary>
/// <param name="First">The lowest offset.</param>
/// <param name="Last">The highest offset.</param>
/// <param name="Shown">How many of them were shown; a filter skipped the others.</param>
internal readonly record struct PrintedRange(int Partition, long First, long Last, int Shown)
{
    /// <summary>The range of one event.</summary>
    /// <param name="isShown">Whether it was shown.</param>
    public static PrintedRange Of(int partition, long offset, bool isShown) => new(partition, offset, offset, isShown ? 1 : 0);

    /// <summary>Extends the range.</summary>
    /// <returns>Both ranges as one; null if the partitions differ.</returns>
    public PrintedRange? With(in PrintedRange next) =>
        next.Partition == Partition
            ? this with { First = Math.Min(First, next.First), Last = Math.Max(Last, next.Last), Shown = Shown + next.Shown }
            : null;
}
