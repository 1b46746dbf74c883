namespace HopsKafka.Consumer.Positions;

/// <summary>Which partitions are read, where reading starts and where it ends.</summary>
internal sealed record PositionOptions
{
    /// <summary>Where reading starts; null for the committed offsets.</summary>
    public StartPosition? From { get; init; }

    /// <summary>Where it ends; null for no end.</summary>
    public StopPosition? Until { get; init; }

    /// <summary>End after this time without an event; null to wait forever.</summary>
    public TimeSpan? IdleExit { get; init; }

    /// <summary>Read these partitions without joining the group; null to share them with the group.</summary>
    public IReadOnlyList<int>? Partitions { get; init; }

    /// <summary>Do not commit offsets.</summary>
    public bool NoCommit { get; init; }

    /// <summary>Read the last events, without joining the group; null to read from <see cref="From"/>.</summary>
    public TailOptions? Tail { get; init; }

    /// <summary>Whether the group assigns the partitions.</summary>
    public bool JoinsGroup => Partitions is null && Tail is null;

    /// <summary>Whether offsets of the group are committed.</summary>
    public bool Commits => !NoCommit && JoinsGroup;
}
