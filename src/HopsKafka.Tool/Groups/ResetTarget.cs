using System.Globalization;
using Confluent.Kafka.Admin;
using HopsKafka.Consumer.Positions;

namespace HopsKafka.Tool.Groups;

/// <summary>Where a group's offsets are to be set.</summary>
/// <param name="IsEnd">True for the end, false for the beginning.</param>
/// <param name="Time">The first event of this time; null for none.</param>
/// <param name="Offsets">Offsets by partition; null for none.</param>
internal sealed record ResetTarget(bool IsEnd, DateTimeOffset? Time = null, IReadOnlyDictionary<int, long>? Offsets = null)
{
    /// <summary>Parses a target; a time in ISO 8601 without an offset is UTC. Null if the text is no target.</summary>
    public static ResetTarget? TryParse(string text) => text switch
    {
        "beginning" => new(false),
        "end" => new(true),
        _ when PositionParser.TryOffsets(text) is { } offsets => new(false, null, offsets),
        { Length: >= 10 } when text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new(false, time),
        _ => null,
    };

    /// <summary>The target as a request to Kafka; a method, so that parsing the command line does not load Confluent.Kafka.</summary>
    public OffsetSpec ToOffsetSpec() =>
        Time is { } time ? OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()) : IsEnd ? OffsetSpec.Latest() : OffsetSpec.Earliest();
}
