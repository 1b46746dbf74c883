namespace HopsKafka.Avro;

/// <summary>The bytes of a container file as they arrive, and how many were taken.</summary>
/// <param name="stream">A file or a pipe; it is closed with this object.</param>
internal sealed class ContainerInput(Stream stream) : IDisposable
{
    private const int MaxVarintSize = 10;
    private const int InitialCapacity = 1024 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _read;

    /// <summary>Bytes taken so far.</summary>
    public long Position => _read - (_end - _start);

    /// <summary>Whether nothing follows. Waits for the next byte of a pipe.</summary>
    public bool IsAtEnd => _start == _end && !Fill();

    /// <summary>Takes a zigzag varint.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    /// <exception cref="BadMessageException">It is longer than 64 bits.</exception>
    public long ReadLong()
    {
        Span<byte> digits = stackalloc byte[MaxVarintSize];
        var length = 0;
        do
        {
            digits[length] = ReadByte();
        }
        while (digits[length++] >= 0x80 && length < MaxVarintSize);
        return new AvroSpanReader(digits[..length]).ReadLong();
    }

    /// <summary>Takes bytes. Room is made as they arrive, not as many are claimed.</summary>
    /// <param name="buffer">What is there to hold them; it is replaced by a longer one if it is too short.</param>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public void Read(ref byte[] buffer, int length)
    {
        for (var filled = 0; filled < length;)
        {
            if (IsAtEnd)
            {
                throw new EndOfStreamException();
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(length, Math.Max(InitialCapacity, 2L * buffer.Length)));
            }

            var part = Math.Min(Math.Min(length, buffer.Length) - filled, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(buffer.AsSpan(filled));
            _start += part;
            filled += part;
        }
    }

    public void Dispose() => stream.Dispose();

    private byte ReadByte() => IsAtEnd ? throw new EndOfStreamException() : _buffer[_start++];

    private bool Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        _read += _end;
        return _end > 0;
    }
}
