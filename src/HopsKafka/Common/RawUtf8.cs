using System.Buffers;
using System.Text.Unicode;

namespace HopsKafka.Common;

/// <summary>
/// Converts UTF-8 to text and back without loss: a byte that is not UTF-8 becomes a lone surrogate (U+DC80 to U+DCFF), which no UTF-8 contains. So a fault is
/// found where it is, and the original bytes can be kept.
/// </summary>
internal static class RawUtf8
{
    private const char Escape = '\uDC00';
    private const char FirstEscaped = '\uDC80';
    private const char LastEscaped = '\uDCFF';

    /// <summary>Decodes as much as fits.</summary>
    /// <param name="isLast">Whether nothing follows the bytes: the start of a character is then a fault too.</param>
    public static void Decode(ReadOnlySpan<byte> utf8, Span<char> text, bool isLast, out int read, out int written)
    {
        (read, written) = (0, 0);
        while (true)
        {
            var status = Utf8.ToUtf16(utf8[read..], text[written..], out var r, out var w, replaceInvalidSequences: false, isFinalBlock: isLast);
            read += r;
            written += w;
            if (status != OperationStatus.InvalidData || written == text.Length)
            {
                return;
            }

            text[written++] = (char)(Escape | utf8[read++]);
        }
    }

    /// <summary>Encodes; bytes that were not UTF-8 are restored.</summary>
    /// <param name="text">Text that <see cref="Decode"/> made.</param>
    /// <returns>Whether all of it is UTF-8.</returns>
    public static bool Encode(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        const int maxBytesPerChar = 3;
        var isUtf8 = true;
        while (text.Length > 0)
        {
            var room = output.GetSpan(Math.Min(text.Length * maxBytesPerChar, 64 * 1024));
            var status = Utf8.FromUtf16(text, room, out var read, out var written, replaceInvalidSequences: false);
            text = text[read..];
            output.Advance(written);
            if (status == OperationStatus.InvalidData)
            {
                output.Write([text[0] is >= FirstEscaped and <= LastEscaped ? (byte)text[0] : (byte)'?']);
                text = text[1..];
                isUtf8 = false;
            }
        }

        return isUtf8;
    }
}
