using System.Globalization;

namespace HopsKafka.Consumer.Positions;

/// <summary>Parses the offsets and times of <c>--from</c> and <c>--until</c>.</summary>
internal static class PositionParser
{
    /// <summary>A bare offset: <c>124</c>.</summary>
    public static bool TryOffset(string text, out long offset) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset);

    /// <summary>Offsets by partition: <c>0:124,1:88</c>. Null if the text has another form, or names a partition more than once.</summary>
    public static IReadOnlyDictionary<int, long>? TryOffsets(string text) =>
        Pairs(text) is { } pairs && pairs.DistinctBy(pair => pair.Partition).Count() == pairs.Count
            ? pairs.ToDictionary(pair => pair.Partition, pair => pair.Offset)
            : null;

    /// <summary>The partition that offsets such as <c>0:124,0:88</c> name more than once; null if the text has another form.</summary>
    public static int? RepeatedPartition(string text) =>
        Pairs(text)?.CountBy(pair => pair.Partition).Where(count => count.Value > 1).Select(count => (int?)count.Key).FirstOrDefault();

    /// <summary>
    /// A point in time: <c>2026-01-31</c>, <c>2026-01-31T08:00:00Z</c> (UTC by default), or an age: <c>-90s</c>, <c>-15m</c>,
    /// <c>-1h</c>, <c>-2d</c>. Null if the text has another form.
    /// </summary>
    public static DateTimeOffset? TryTime(string text, DateTimeOffset now)
    {
        if (text.Length > 2 && text[0] == '-' && Unit(text[^1]) is { } unit
            && double.TryParse(text.AsSpan(1..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * unit.TotalDays < 365_000)
        {
            return now - (count * unit);
        }

        return text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }

    private static List<(int Partition, long Offset)>? Pairs(string text)
    {
        var pairs = new List<(int, long)>();
        foreach (var pair in text.Split(','))
        {
            var parts = pair.Split(':');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var partition) || !TryOffset(parts[1], out var offset))
            {
                return null;
            }

            pairs.Add((partition, offset));
        }

        return pairs;
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
