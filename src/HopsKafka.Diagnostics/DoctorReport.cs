using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>The results of all checks.</summary>
/// <param name="Group">The consumer group; null if it could not be described.</param>
/// <param name="Duration">Total duration.</param>
internal sealed record DoctorReport(IReadOnlyList<CheckResult> Checks, ConsumerGroup? Group, TimeSpan Duration)
{
    /// <summary>The faults: the first of the failures that share a root.</summary>
    public IReadOnlyList<CheckResult> Faults { get; } =
        [.. Checks.Where(c => c.Status == CheckStatus.Failed).DistinctBy(c => c.Root)];

    /// <summary>True if no check failed.</summary>
    public bool IsHealthy => Faults.Count == 0;
}
