namespace HopsKafka.Consumer.Positions;

/// <summary>Where reading ends in each partition: option <c>--until</c>.</summary>
internal abstract record StopPosition
{
    /// <summary>The high watermarks at the start of the run.</summary>
    public sealed record End : StopPosition;

    /// <summary>Before these offsets, by partition; other partitions are read to their end.</summary>
    public sealed record Offsets(IReadOnlyDictionary<int, long> ByPartition) : StopPosition;

    /// <summary>Before one offset, of the only partition that is read.</summary>
    public sealed record Offset(long Value) : StopPosition;

    /// <summary>Before the first event at or after this time. If it is in the future, the run waits for it.</summary>
    public sealed record Time(DateTimeOffset Moment) : StopPosition;

    /// <summary>Parses the option's value.</summary>
    /// <param name="now">The time that <c>-1h</c> is relative to.</param>
    /// <returns>The position; null if the text is invalid.</returns>
    public static StopPosition? TryParse(string text, DateTimeOffset now) => text switch
    {
        "end" => new End(),
        _ when PositionParser.TryOffset(text, out var offset) => new Offset(offset),
        _ when PositionParser.TryOffsets(text) is { } offsets => new Offsets(offsets),
        _ when PositionParser.TryTime(text, now) is { } time => new Time(time),
        _ => null,
    };
}
