using System.Text;

namespace HopsKafka.Common;

/// <summary>
/// Caches short strings that are repeated, such as the ids of sensors and the names of headers, so that not each event allocates its own. Its size is
/// fixed: strings with the same slot replace each other. Thread-safe.
/// </summary>
internal sealed class StringCache
{
    private const int Places = 4096;
    private const int MaxTextLength = 64;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The string of a text.</summary>
    /// <param name="encoding">Decodes a string that is not cached.</param>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8.</exception>
    public string Of(ReadOnlySpan<byte> utf8, Encoding encoding)
    {
        if (utf8.Length is 0 or > MaxTextLength)
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
