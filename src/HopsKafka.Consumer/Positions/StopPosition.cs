namespace HopsKafka.Consumer.Positions;

/// <summary>Where reading ends in each partition: option <c>--until</c>.</summary>
internal abstract record StopPosition
{
    /// <summary>The end as it stands at the start.</summary>
    public sealed record End : StopPosition;

    /// <summary>Before these offsets, by partition; other partitions are read to their end.</summary>
    public sealed record Offsets(IReadOnlyDictionary<int, long> ByPartition) : StopPosition;

    /// <summary>Before one offset, of the only partition that is read.</summary>
    public sealed record Offset(long Value) : StopPosition;

    /// <summary>Before the first event that is not older. A time to come is waited for.</summary>
    public sealed record Time(DateTimeOffset Moment) : StopPosition;

    /// <summary>Reads the option's value.</summary>
    /// <param name="now">What <c>-1h</c> counts from.</param>
    /// <returns>The point; null when it is none.</returns>
    public static StopPosition? TryParse(string text, DateTimeOffset now) => text switch
    {
        "end" => new End(),
        _ when PositionParser.TryOffset(text, out var offset) => new Offset(offset),
        _ when PositionParser.TryOffsets(text) is { } offsets => new Offsets(offsets),
        _ when PositionParser.TryTime(text, now) is { } time => new Time(time),
        _ => null,
    };
}
