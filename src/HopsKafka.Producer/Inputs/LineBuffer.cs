namespace HopsKafka.Producer.Inputs;

/// <summary>Cuts a stream into lines. A line is there as soon as its end has arrived.</summary>
internal sealed class LineBuffer(Stream stream)
{
    /// <summary>Bytes of the longest line. Kafka's largest messages have some ten MB.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _length;
    private int _endSize;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line without its end; empty when it is too long.</summary>
    public ReadOnlySpan<byte> Line => IsTooLong ? default : _bytes.AsSpan(_start, _length);

    /// <summary>Whether the line is longer than <see cref="Longest"/>, so that it was not kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes on to the next line.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        // Behind the last line and its end.
        var searched = Next();
        IsTooLong = false;
        while (true)
        {
            var end = _bytes.AsSpan(searched.._end).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(searched + end, hasEnd: true);
            }

            if (_isAtEnd)
            {
                return (_end > _start || IsTooLong) && Take(_end, hasEnd: false);
            }

            searched = Fill();
        }
    }

    private int Next()
    {
        if (Number > 0)
        {
            _start = Math.Min(_start + _length + _endSize, _end);
        }

        return _start;
    }

    private bool Take(int end, bool hasEnd)
    {
        _length = end - _start;
        _endSize = hasEnd ? 1 : 0;
        Number++;
        if (_length > 0 && _bytes[_start + _length - 1] == '\r')
        {
            _length--;
            _endSize++;
        }

        if (Number == 1 && Line.StartsWith(s_byteOrderMark))
        {
            _start += s_byteOrderMark.Length;
            _length -= s_byteOrderMark.Length;
        }

        return true;
    }

    // Returns where the search for the end of the line goes on.
    private int Fill()
    {
        if (_end - _start > Longest)
        {
            IsTooLong = true;
            _end = _start;
        }

        if (_start > 0)
        {
            _bytes.AsSpan(_start.._end).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        var searched = _end;
        var read = stream.Read(_bytes, _end, _bytes.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
        return searched;
    }
}
