using System.Collections.Concurrent;
using System.Text;

namespace HopsKafka.Tests;

/// <summary>
/// A pipe whose reader gets what one write sent at a time. A read of an empty one would block for ever in a program; here it fails, so that a reader
/// that asks for more than it needs is seen.
/// </summary>
internal sealed class LinePipe : Stream
{
    private readonly ConcurrentQueue<byte[]> _sent = new();
    private byte[] _part = [];
    private bool _hasEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Send(byte[] bytes) => _sent.Enqueue(bytes);

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void End() => _hasEnded = true;

    public override int Read(Span<byte> buffer)
    {
        if (_part.Length == 0 && !_sent.TryDequeue(out _part!))
        {
            _part = [];
            return _hasEnded ? 0 : throw new InvalidOperationException("the reader asks for more than was sent");
        }

        var read = Math.Min(buffer.Length, _part.Length);
        _part.AsSpan(0, read).CopyTo(buffer);
        _part = _part[read..];
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
