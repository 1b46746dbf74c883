namespace HopsKafka.Consumer.Positions;

/// <summary>Where reading starts: option <c>--from</c>.</summary>
internal abstract record StartPosition
{
    /// <summary>The committed offsets; for a new group auto.offset.reset.</summary>
    public sealed record Committed : StartPosition;

    /// <summary>The oldest event.</summary>
    public sealed record Beginning : StartPosition;

    /// <summary>The high watermarks at the start of the run.</summary>
    public sealed record End : StartPosition;

    /// <summary>Offsets by partition; other partitions start at the committed offsets.</summary>
    public sealed record Offsets(IReadOnlyDictionary<int, long> ByPartition) : StartPosition;

    /// <summary>One offset, for the only partition that is read.</summary>
    public sealed record Offset(long Value) : StartPosition;

    /// <summary>The first event of each partition at or after this time.</summary>
    public sealed record Time(DateTimeOffset Moment) : StartPosition;

    /// <summary>Parses the option's value.</summary>
    /// <param name="now">The time that <c>-1h</c> is relative to.</param>
    /// <returns>The position; null if the text is invalid.</returns>
    public static StartPosition? TryParse(string text, DateTimeOffset now) => text switch
    {
        "committed" => new Committed(),
        "beginning" => new Beginning(),
        "end" => new End(),
        _ when PositionParser.TryOffset(text, out var offset) => new Offset(offset),
        _ when PositionParser.TryOffsets(text) is { } offsets => new Offsets(offsets),
        _ when PositionParser.TryTime(text, now) is { } time => new Time(time),
        _ => null,
    };
}
