using System.Globalization;

namespace HopsKafka.Groups;

/// <summary>Where a group's offsets are to be set.</summary>
/// <param name="IsEnd">Behind the last event; otherwise to the first, when there is no time.</param>
/// <param name="Time">To the first event of this time or later; null for an end of the partition.</param>
public sealed record ResetTarget(bool IsEnd, DateTimeOffset? Time)
{
    /// <summary>Reads <c>beginning</c>, <c>end</c>, or a time in ISO 8601, in UTC where it does not say otherwise.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The target; null when it is none of these.</returns>
    public static ResetTarget? Parse(string text) => text switch
    {
        "beginning" => new ResetTarget(false, null),
        "end" => new ResetTarget(true, null),
        { Length: >= 10 } when text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new ResetTarget(false, time),
        _ => null,
    };
}
