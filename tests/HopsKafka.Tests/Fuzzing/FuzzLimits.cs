namespace HopsKafka.Tests.Fuzzing;

/// <summary>What one input may cost.</summary>
internal sealed record FuzzLimits
{
    /// <summary>Of the processor.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until an input that waits without working counts as one that hangs: a busy machine may give it no processor for long.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Allocated, and added to what the process holds.</summary>
    public long Memory { get; init; } = 500_000_000;
}
