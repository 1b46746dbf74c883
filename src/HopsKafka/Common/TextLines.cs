using System.Buffers;

namespace HopsKafka.Common;

/// <summary>Reads a text line by line. A line that is too long is not buffered: a file may be one line of any length.</summary>
internal static class TextLines
{
    /// <summary>Characters of the longest line that is read. Kafka's largest messages have some ten MB; in Base64 they are a third longer.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Why a line was not read.</summary>
    public static readonly string TooLong = $"it is longer than {MaxLength} characters";

    private const int PieceSize = 16 * 1024;

    /// <summary>The lines, read lazily; they end at LF, CR or both.</summary>
    /// <returns>The lines without their ends; null for each that is longer than <see cref="MaxLength"/>.</returns>
    public static IEnumerable<string?> Of(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var piece = new char[PieceSize];
        var line = new Line();
        var isAfterReturn = false;
        for (var count = reader.Read(piece, 0, PieceSize); count > 0; count = reader.Read(piece, 0, PieceSize))
        {
            // The LF of a CR LF whose CR ended a line.
            var start = isAfterReturn && piece[0] == '\n' ? 1 : 0;
            isAfterReturn = false;
            for (var length = LengthTo(piece, start, count); length >= 0; length = LengthTo(piece, start, count))
            {
                line.Add(piece.AsSpan(start, length));
                yield return line.Take();
                var end = start + length;
                isAfterReturn = piece[end] == '\r' && end + 1 == count;
                start = end + (piece[end] == '\r' && end + 1 < count && piece[end + 1] == '\n' ? 2 : 1);
            }

            line.Add(piece.AsSpan(start, count - start));
        }

        if (line.HasBegun)
        {
            yield return line.Take();
        }
    }

    private static int LengthTo(char[] piece, int start, int count) => piece.AsSpan(start, count - start).IndexOfAny('\r', '\n');

    private sealed class Line
    {
        private ArrayBufferWriter<char> _text = new();
        private bool _isTooLong;

        public bool HasBegun => _isTooLong || _text.WrittenCount > 0;

        public void Add(ReadOnlySpan<char> part)
        {
            _isTooLong |= part.Length > MaxLength - _text.WrittenCount;
            if (_isTooLong)
            {
                _text = new ArrayBufferWriter<char>();
                return;
            }

            _text.Write(part);
        }

        public string? Take()
        {
            var line = _isTooLong ? null : new string(_text.WrittenSpan);
            _isTooLong = false;
            _text.ResetWrittenCount();
            return line;
        }
    }
}
