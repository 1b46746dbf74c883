using System.Globalization;

namespace HopsKafka.Serialization;

/// <summary>Prints timestamps of events.</summary>
public static class Timestamps
{
    private static readonly long s_least = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_most = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>ISO 8601 in UTC to the millisecond, such as <c>2021-09-16T16:32:45.123Z</c>.</summary>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The text; the bare number when it lies outside the years 1 to 9999.</returns>
    public static string Iso(long milliseconds) => milliseconds < s_least || milliseconds > s_most
        ? milliseconds.ToString(CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
