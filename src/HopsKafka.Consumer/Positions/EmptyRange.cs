using HopsKafka.Cli;

namespace HopsKafka.Consumer.Positions;

/// <summary>Warns before reading if <c>--until</c> is not after <c>--from</c>: such a run ends at once without events.</summary>
internal static class EmptyRange
{
    /// <summary>Warns of partitions without offsets in the range. The group's committed offsets are not known before the assignment.</summary>
        /// <param name="partitions">The partitions that may be read.</param>
    public static void Warn(PositionOptions positions, StartOffsets starts, Watermarks marks, string topic, IReadOnlyList<int> partitions)
    {
        if (positions is { Until: StopPosition.Time { Moment: var end } })
        {
            if (positions.From is StartPosition.Time { Moment: var start } ? end <= start : positions.From is StartPosition.End && end <= CommandContext.Current.Time.GetUtcNow())
            {
                ConsoleLog.Warning($"Nothing can be read from {topic}: --until is not after --from.", WarningCodes.EmptyRange);
            }

            return;
        }

        foreach (var (partition, until) in EndsOf(positions.Until, partitions))
        {
            if (starts.Of(partition) is { } from
                && (from.IsSpecial ? marks.Of(partition).Low : from.Value) is var first && first >= until)
            {
                ConsoleLog.Warning($"Nothing can be read from {topic} [{partition}]: --until {until} is not after --from, which is offset {first}.", WarningCodes.EmptyRange);
            }
        }
    }

    /// <summary>The offsets that <c>--until</c> names, by partition; none for the end and for a time.</summary>
    public static IEnumerable<KeyValuePair<int, long>> EndsOf(StopPosition? until, IReadOnlyList<int> partitions) => until switch
    {
        StopPosition.Offset only when partitions.Count == 1 => [new(partitions[0], only.Value)],
        StopPosition.Offsets some => some.ByPartition.Where(end => partitions.Contains(end.Key)).OrderBy(end => end.Key),
        _ => [],
    };
}
