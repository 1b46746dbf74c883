using HopsKafka.Cli;

namespace HopsKafka.Consumer.Positions;

/// <summary>Reports before reading that <c>--until</c> is after the end of the topic: such a run waits for further events.</summary>
internal static class FutureEnd
{
    /// <summary>Logs one line if the run has to wait.</summary>
    /// <param name="partitions">The partitions that may be read.</param>
    public static void Report(StopPosition? until, Watermarks marks, string topic, IReadOnlyList<int> partitions)
    {
        if (until is StopPosition.Time { Moment: var time })
        {
            if (time > CommandContext.Current.Time.GetUtcNow())
            {
                ConsoleLog.Info($"Waiting for events of {topic} up to {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} (--until).");
            }

            return;
        }

        var waits = EmptyRange.EndsOf(until, partitions)
            .Select(end => (Partition: end.Key, Until: end.Value, marks.Of(end.Key).High))
            .Where(end => end.Until > end.High)
            .Select(end => $"[{end.Partition}] up to offset {end.Until}, while its end is {end.High}")
            .ToList();
        if (waits.Count > 0)
        {
            ConsoleLog.Info($"Waiting for events of {topic} {string.Join(", ", waits)} (--until).");
        }
    }
}
