using System.Globalization;

namespace HopsKafka.Serialization;

/// <summary>Prints timestamps of events.</summary>
public static class Timestamps
{
    private static readonly long s_least = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_most = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Longest text that <see cref="WriteIso"/> writes.</summary>
    public const int LongestIso = 32;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>As <see cref="Iso"/>, in UTF-8.</summary>
    /// <param name="destination">At least <see cref="LongestIso"/> bytes.</param>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteIso(Span<byte> destination, long milliseconds)
    {
        _ = IsOutside(milliseconds)
            ? milliseconds.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).TryFormat(destination, out written, Format, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>ISO 8601 in UTC to the millisecond, such as <c>2021-09-16T16:32:45.123Z</c>.</summary>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The text; the bare number when it lies outside the years 1 to 9999.</returns>
    public static string Iso(long milliseconds) => IsOutside(milliseconds)
        ? milliseconds.ToString(CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(Format, CultureInfo.InvariantCulture);

    private static bool IsOutside(long milliseconds) => milliseconds < s_least || milliseconds > s_most;
}
