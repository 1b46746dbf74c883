namespace HopsKafka.Consumer.Statistics;

/// <summary>The numbers of a run at one moment, all since its start.</summary>
/// <param name="Consumed">Events that were shown, counted or written.</param>
/// <param name="Bad">Events that could not be decoded and were passed over.</param>
/// <param name="Commits">Commits that brokers confirmed.</param>
/// <param name="FailedCommits">Commits that failed.</param>
/// <param name="Reconnects">How often events came again after a connection was lost.</param>
/// <param name="Memory">Bytes of memory that the process holds.</param>
internal sealed record RunSample(
    long Consumed, long Bad, long Commits, long FailedCommits, long Reconnects, long Memory, IReadOnlyList<PartitionSample> Partitions)
{
    /// <summary>Events that are left in the partitions that are held; null without one, and while it is not known of all of them.</summary>
    public long? Lag => Partitions.Any(p => p.IsHeld) && Partitions.Where(p => p.IsHeld).All(p => p.Lag is not null) ? Partitions.Sum(p => p.Lag ?? 0) : null;
}
