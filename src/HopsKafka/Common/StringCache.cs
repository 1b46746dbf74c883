using System.Text;

namespace HopsKafka.Common;

/// <summary>
/// Keeps the strings of short texts that come again and again, such as the ids of sensors and the names of headers, so that not each event makes its own. Bounded:
/// texts that share a place push each other out. Thread-safe.
/// </summary>
internal sealed class StringCache
{
    private const int Places = 4096;
    private const int LongestText = 64;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The string of a text.</summary>
    /// <param name="encoding">Decodes it, when it is not there.</param>
    /// <exception cref="DecoderFallbackException">It is no UTF-8.</exception>
    public string Of(ReadOnlySpan<byte> utf8, Encoding encoding)
    {
        if (utf8.Length is 0 or > LongestText)
        {
            return encoding.GetString(utf8);
        }

        ref var entry = ref _entries[PlaceOf(utf8)];
        if (entry is { } known && utf8.SequenceEqual(known.Utf8))
        {
            return known.Text;
        }

        var made = new Entry(utf8.ToArray(), encoding.GetString(utf8));
        entry = made;
        return made.Text;
    }

    // FNV-1a, folded.
    private static uint PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return (hash ^ (hash >> 16)) % Places;
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
