using System.Globalization;

namespace HopsKafka.Producer;

/// <summary>
/// The share of one producer where several split the sensors between them: of N producers the first takes sensors 0, N, 2N, … in the
/// configured order, the second 1, N + 1, …, so that together they have each sensor once.
/// </summary>
/// <param name="Number">Which share, from 1.</param>
/// <param name="Count">How many shares there are.</param>
internal readonly record struct Shard(int Number, int Count)
{
    /// <summary>Reads it as the user writes it: <c>2/4</c>.</summary>
    /// <returns>The shard; null when the text is none.</returns>
    public static Shard? TryParse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && TryWhole(parts[0], out var number) && TryWhole(parts[1], out var count) && number >= 1 && number <= count
            ? new Shard(number, count)
            : null;
    }

    /// <summary>Whether a sensor belongs to this share.</summary>
    /// <param name="index">The sensor's place among all, from 0.</param>
    public bool Has(int index) => index % Count == Number - 1;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static bool TryWhole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
