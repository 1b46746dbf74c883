namespace HopsKafka.Producer.Inputs;

/// <summary>A stream that is read from front to end only.</summary>
internal abstract class ReadOnlyStream : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public abstract override int Read(Span<byte> buffer);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }
}

/// <summary>Counts the bytes that are read through it.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    private long _count;

    /// <summary>Bytes read so far; may be asked on another thread.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Interlocked.Add(ref _count, read);
        return read;
    }
}

/// <summary>Reads the next piece of a stream on another thread, while the caller works on the last one, so that a signal ends also the wait for a pipe that has nothing.</summary>
internal sealed class ReadAheadStream(Stream inner, CancellationToken stop) : ReadOnlyStream
{
    private const int PieceSize = 256 * 1024;

    private byte[] _piece = new byte[PieceSize];
    private byte[] _spare = new byte[PieceSize];
    private int _next;
    private int _end;
    private Task<int>? _reading;
    private bool _isAtEnd;

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The stop.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_next == _end && !ReadPiece())
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, _end - _next);
        _piece.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    private bool ReadPiece()
    {
        if (_isAtEnd)
        {
            return false;
        }

        _reading ??= ReadSpare();
        (_next, _end) = (0, _reading.WaitAsync(stop).GetAwaiter().GetResult());
        (_piece, _spare) = (_spare, _piece);
        _isAtEnd = _end == 0;
        _reading = _isAtEnd ? null : ReadSpare();
        return !_isAtEnd;
    }

    private Task<int> ReadSpare()
    {
        var spare = _spare;
        return Task.Run(() => inner.Read(spare), CancellationToken.None);
    }
}
