namespace HopsKafka.Consumer;

/// <summary>Events of a partition that were written one after the other and are safe where they belong.</summary>
/// <param name="First">The lowest offset.</param>
/// <param name="Last">The highest offset.</param>
/// <param name="Shown">How many of them were shown; the others were passed over on purpose.</param>
internal readonly record struct PrintedRange(int Partition, long First, long Last, int Shown)
{
    /// <summary>The range of one event.</summary>
    /// <param name="isShown">Whether it was shown.</param>
    public static PrintedRange Of(int partition, long offset, bool isShown) => new(partition, offset, offset, isShown ? 1 : 0);

    /// <summary>Takes the next event in, if it is of the same partition.</summary>
    /// <returns>Both; null when they are of different partitions.</returns>
    public PrintedRange? With(in PrintedRange next) =>
        next.Partition == Partition
            ? this with { First = Math.Min(First, next.First), Last = Math.Max(Last, next.Last), Shown = Shown + next.Shown }
            : null;
}
