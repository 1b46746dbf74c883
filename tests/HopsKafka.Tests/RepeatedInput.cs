namespace HopsKafka.Tests;

/// <summary>An input that is too long to be kept: a start, and a part that comes again and again.</summary>
internal sealed class RepeatedInput(byte[] start, byte[] part, int times) : Stream
{
    private byte[] _current = start;
    private int _position;
    private int _left = times;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && (_position < _current.Length || _left > 0))
        {
            if (_position == _current.Length)
            {
                (_current, _position, _left) = (part, 0, _left - 1);
            }

            var read = Math.Min(buffer.Length - filled, _current.Length - _position);
            _current.AsSpan(_position, read).CopyTo(buffer[filled..]);
            _position += read;
            filled += read;
        }

        return filled;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
