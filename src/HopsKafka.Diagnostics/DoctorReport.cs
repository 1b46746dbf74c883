using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>Everything that was found.</summary>
/// <param name="Group">The consumer group; null when it could not be looked at.</param>
/// <param name="Duration">How long it took in all.</param>
internal sealed record DoctorReport(IReadOnlyList<CheckResult> Checks, ConsumerGroup? Group, TimeSpan Duration)
{
    /// <summary>The faults: the first of the failures that share a root.</summary>
    public IReadOnlyList<CheckResult> Faults { get; } =
        [.. Checks.Where(c => c.Status == CheckStatus.Failed).DistinctBy(c => c.Root)];

    /// <summary>True when no check failed.</summary>
    public bool IsHealthy => Faults.Count == 0;
}
