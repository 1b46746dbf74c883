using System.Globalization;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The argument <c>-initialCheckPointString topic,partition:offset,…</c> of a job's first run.</summary>
internal static class CheckpointString
{
    private const string Option = "-initialCheckPointString";

    /// <summary>The first offset of each named partition; null without the argument.</summary>
    /// <exception cref="HopsKafkaException">The text has another form, or names another topic.</exception>
    public static IReadOnlyDictionary<int, long>? Parse(string arguments, string topic)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var option = Array.IndexOf(words, Option);
        if (option < 0)
        {
            return null;
        }

        var parts = option + 1 < words.Length ? words[option + 1].Split(',') : [];
        if (parts.Length == 0 || parts[0] != topic)
        {
            throw new HopsKafkaException($"{Option} does not begin with the topic {topic}.");
        }

        return parts.Skip(1).Select(Position).ToDictionary();
    }

    private static KeyValuePair<int, long> Position(string text) =>
        text.Split(':') is [var partition, var offset] && int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new(number, position)
            : throw new HopsKafkaException($"{Option} has '{text}' instead of partition:offset.");
}
