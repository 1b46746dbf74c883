using System.Globalization;

namespace HopsKafka.Producer;

/// <summary>
/// The part of the sensors that one of N producers sends: the first sends sensors 0, N, 2N, … in the configured order, the second 1, N + 1, …,
/// so that each sensor is sent by exactly one.
/// </summary>
/// <param name="Number">Number of this shard, from 1.</param>
/// <param name="Count">Number of shards.</param>
internal readonly record struct Shard(int Number, int Count)
{
    /// <summary>Parses a shard such as <c>2/4</c>.</summary>
    /// <returns>The shard; null if the text is not a shard.</returns>
    public static Shard? TryParse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && TryParseInt(parts[0], out var number) && TryParseInt(parts[1], out var count) && number >= 1 && number <= count
            ? new Shard(number, count)
            : null;
    }

    /// <summary>Whether a sensor belongs to this shard.</summary>
    /// <param name="index">Index of the sensor among all, from 0.</param>
    public bool Contains(int index) => index % Count == Number - 1;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static bool TryParseInt(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
