using System.Globalization;

namespace HopsKafka.Consumer.Outputs;

/// <summary>When a file is complete and the next one begins: option <c>--rotate</c>.</summary>
/// <param name="Bytes">Maximum size of a file; null for no limit.</param>
/// <param name="Age">Maximum time since its first event; null for no limit.</param>
internal sealed record Rotation(long? Bytes, TimeSpan? Age)
{
    /// <summary>Parses the option's value.</summary>
    /// <param name="text">Such as <c>100MB</c> or <c>1h</c>.</param>
    /// <returns>The rotation; null if the text is invalid, or 0.</returns>
    public static Rotation? TryParse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return null;
        }

        return text[digits..] switch
        {
            "KB" => new Rotation(count * 1_000L, null),
            "MB" => new Rotation(count * 1_000_000L, null),
            "GB" => new Rotation(count * 1_000_000_000L, null),
            "s" => new Rotation(null, TimeSpan.FromSeconds(count)),
            "m" => new Rotation(null, TimeSpan.FromMinutes(count)),
            "h" => new Rotation(null, TimeSpan.FromHours(count)),
            "d" => new Rotation(null, TimeSpan.FromDays(count)),
            _ => null,
        };
    }
}
