using System.Globalization;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>Prints timestamps of events.</summary>
internal static class TimestampText
{
    /// <summary>Longest text that <see cref="WriteIso"/> writes.</summary>
    public const int LongestIso = IsoText.Longest;

    /// <summary>ISO 8601 in UTC to the millisecond, such as <c>2021-09-16T16:32:45.123Z</c>, in UTF-8.</summary>
    /// <param name="destination">At least <see cref="LongestIso"/> bytes.</param>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Bytes written: the bare number when it lies outside the years 1 to 9999.</returns>
    public static int WriteIso(Span<byte> destination, long milliseconds)
    {
        var written = IsoText.Timestamp(destination, milliseconds, 3, isUtc: true);
        if (written == 0)
        {
            milliseconds.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        }

        return written;
    }

    /// <summary>As <see cref="WriteIso"/>, as a string.</summary>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The text.</returns>
    public static string Iso(long milliseconds)
    {
        Span<byte> room = stackalloc byte[LongestIso];
        return Encoding.ASCII.GetString(room[..WriteIso(room, milliseconds)]);
    }
}
