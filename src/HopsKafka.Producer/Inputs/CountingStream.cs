using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

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
