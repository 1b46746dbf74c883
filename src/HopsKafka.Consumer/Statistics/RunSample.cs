namespace HopsKafka.Consumer.Statistics;

/// <summary>The numbers of a run at one moment, all since its start.</summary>
/// <param name="Consumed">Events that were shown, counted or written.</param>
/// <param name="Bad">Events that could not be decoded and were skipped.</param>
/// <param name="Commits">Commits that brokers confirmed.</param>
/// <param name="FailedCommits">Commits that failed.</param>
/// <param name="Reconnects">Lost connections that were re-established.</param>
/// <param name="Memory">Resident memory of the process in bytes.</param>
internal sealed record RunSample(
    long Consumed, long Bad, long Commits, long FailedCommits, long Reconnects, long Memory, IReadOnlyList<PartitionSample> Partitions)
{
    /// <summary>The lag of all assigned partitions; null without one, or if that of one is unknown.</summary>
    public long? Lag => Partitions.Any(p => p.IsAssigned) && Partitions.Where(p => p.IsAssigned).All(p => p.Lag is not null) ? Partitions.Sum(p => p.Lag ?? 0) : null;
}
