using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

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
