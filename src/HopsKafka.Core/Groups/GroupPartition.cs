namespace HopsKafka.Groups;

/// <summary>How far a group is in one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">The committed offset: the next one to read; null when there is none.</param>
/// <param name="Begin">The offset of the first event that is still there.</param>
/// <param name="End">The offset after the last event.</param>
public sealed record GroupPartition(string Topic, int Partition, long? Committed, long Begin, long End)
{
    /// <summary>Events that are not read yet; null when nothing was committed and there are events.</summary>
    public long? Lag => Committed is { } committed ? Math.Max(0, End - committed) : Begin == End ? 0 : null;
}
