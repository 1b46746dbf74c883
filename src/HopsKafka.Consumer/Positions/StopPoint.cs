namespace HopsKafka.Consumer.Positions;

/// <summary>Where reading ends in each partition: option <c>--until</c>.</summary>
internal abstract record StopPoint
{
    /// <summary>The end as it stands at the start.</summary>
    public sealed record End : StopPoint;

    /// <summary>Before these offsets, by partition; other partitions are read to their end.</summary>
    /// <param name="ByPartition">The offsets.</param>
    public sealed record Offsets(IReadOnlyDictionary<int, long> ByPartition) : StopPoint;

    /// <summary>Before one offset, of the only partition that is read.</summary>
    /// <param name="Value">The offset.</param>
    public sealed record Offset(long Value) : StopPoint;

    /// <summary>Before the first event that is not older. A time to come is waited for.</summary>
    /// <param name="Moment">The time.</param>
    public sealed record Time(DateTimeOffset Moment) : StopPoint;

    /// <summary>Reads the option's value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="now">What <c>-1h</c> counts from.</param>
    /// <returns>The point; null when it is none.</returns>
    public static StopPoint? TryParse(string text, DateTimeOffset now) => text switch
    {
        "end" => new End(),
        _ when PointText.TryOffset(text, out var offset) => new Offset(offset),
        _ when PointText.TryOffsets(text) is { } offsets => new Offsets(offsets),
        _ when PointText.TryTime(text, now) is { } time => new Time(time),
        _ => null,
    };
}
