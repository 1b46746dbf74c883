namespace HopsKafka.Plotting;

/// <summary>One reading of a sensor as a point of its series.</summary>
/// <param name="X">Position on the shared axis: the time step, the time, or the number of the event.</param>
/// <param name="Y">The value that was read; may be NaN or infinite, then it is counted but not drawn.</param>
/// <param name="Partition">The partition that it came from; <see cref="NoPartition"/> where there is none.</param>
public readonly record struct ReadingPoint(double X, double Y, int Partition = ReadingPoint.NoPartition)
{
    /// <summary>The partition of a reading that came from none.</summary>
    public const int NoPartition = -1;
}
