namespace HopsKafka.Consumer.Positions;

/// <summary>What is read of the topic.</summary>
internal sealed record PositionOptions
{
    /// <summary>Where reading starts; null where the group stopped.</summary>
    public StartPosition? From { get; init; }

    /// <summary>Where it ends; null for nowhere.</summary>
    public StopPosition? Until { get; init; }

    /// <summary>End after this time without an event; null to wait for ever.</summary>
    public TimeSpan? IdleExit { get; init; }

    /// <summary>Read these partitions without joining the group; null to share them with the group.</summary>
    public IReadOnlyList<int>? Partitions { get; init; }

    /// <summary>Leave the group's offsets alone.</summary>
    public bool NoCommit { get; init; }

    /// <summary>Read the last events, without joining the group; null to read from <see cref="From"/>.</summary>
    public TailOptions? Tail { get; init; }

    /// <summary>Whether the group shares out the partitions.</summary>
    public bool JoinsGroup => Partitions is null && Tail is null;

    /// <summary>Whether offsets of the group are committed.</summary>
    public bool Commits => !NoCommit && JoinsGroup;
}
