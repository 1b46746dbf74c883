namespace HopsKafka.Consumer.Positions;

/// <summary>Where reading starts: option <c>--from</c>.</summary>
internal abstract record StartPosition
{
    /// <summary>Where the group stopped; a new group by auto.offset.reset.</summary>
    public sealed record Committed : StartPosition;

    /// <summary>The oldest event that is still there.</summary>
    public sealed record Beginning : StartPosition;

    /// <summary>The end as it stands at the start.</summary>
    public sealed record End : StartPosition;

    /// <summary>Offsets by partition; other partitions start where the group stopped.</summary>
    public sealed record Offsets(IReadOnlyDictionary<int, long> ByPartition) : StartPosition;

    /// <summary>One offset, for the only partition that is read.</summary>
    public sealed record Offset(long Value) : StartPosition;

    /// <summary>The first event of each partition that is not older.</summary>
    public sealed record Time(DateTimeOffset Moment) : StartPosition;

    /// <summary>Reads the option's value.</summary>
    /// <param name="now">What <c>-1h</c> counts from.</param>
    /// <returns>The point; null when it is none.</returns>
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
