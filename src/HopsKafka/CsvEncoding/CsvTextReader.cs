using HopsKafka.Common;

namespace HopsKafka.CsvEncoding;

/// <summary>
/// The text of a CSV input as it arrives. Sep reads until its buffer is full or a read returns nothing; so here one read returns 0 after
/// each part that has arrived, and a row is complete as soon as its line end has arrived. A second 0 is the end.
/// </summary>
/// <param name="input">UTF-8, with a byte order mark or without.</param>
/// <param name="name">What messages call the input.</param>
internal sealed class CsvTextReader(Stream input, string name) : TextReader
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _hasStarted;
    private bool _isPausing;
    private bool _hasPendingReturn;

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (_isPausing)
        {
            _isPausing = false;
            return 0;
        }

        // Never filled: Sep would not make the read that pauses.
        var room = buffer.Length > 1 ? buffer[..^1] : buffer;
        var written = 0;
        if (_hasPendingReturn)
        {
            (room[written++], _hasPendingReturn) = ('\r', false);
        }

        var needsMore = _start == _end;
        do
        {
            if (needsMore && !_isAtEnd)
            {
                Fill();
            }

            RawUtf8.Decode(_bytes.AsSpan(_start, _end - _start), room[written..], _isAtEnd, out var read, out var decoded);
            _start += read;
            written += decoded;
            written -= RemoveByteOrderMark(room[..written]);

            // What is left otherwise is the start of a character.
            needsMore = _start == _end || decoded == 0;
        }
        while (!_isAtEnd && (written == 0 || (written == 1 && room[0] == '\r')));

        // Sep would wait for what follows it: perhaps the LF of the same line end.
        if (!_isAtEnd && room[written - 1] == '\r')
        {
            _hasPendingReturn = true;
            written--;
        }

        _isPausing = written > 0;
        return written;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int RemoveByteOrderMark(Span<char> text)
    {
        if (_hasStarted || text.Length == 0)
        {
            return 0;
        }

        _hasStarted = true;
        if (text[0] != ByteOrderMark)
        {
            return 0;
        }

        text[1..].CopyTo(text);
        return 1;
    }

    private void Fill()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_start, _end) = (0, _end - _start);
        var read = input.Read(_bytes, _end, _bytes.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        if (!_hasStarted && _end > 1 && (_bytes[0], _bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw new HopsKafkaException($"{name} is not UTF-8 but UTF-16.", "Convert it to UTF-8, such as by: iconv -f UTF-16 -t UTF-8.", ExitCode.Usage);
        }
    }
}
