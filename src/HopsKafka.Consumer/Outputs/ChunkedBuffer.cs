using System.Buffers;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Bytes to be written, in pieces: a huge event takes its own size and no more, and is never copied to grow.</summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int ChunkSize = 64 * 1024;

    private readonly List<ArrayBufferWriter<byte>> _chunks = [new(ChunkSize)];

    /// <summary>Bytes in all.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>The bytes, piece by piece.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _chunks.Select(chunk => chunk.WrittenMemory);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _chunks[^1].Advance(count);
        WrittenCount += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).GetSpan(sizeHint);

    /// <summary>Forgets the bytes, and gives back the room of what was huge.</summary>
    public void Clear()
    {
        if (_chunks.Count > 1)
        {
            _chunks.RemoveRange(1, _chunks.Count - 1);
        }

        _chunks[0].ResetWrittenCount();
        WrittenCount = 0;
    }

    private ArrayBufferWriter<byte> Room(int sizeHint)
    {
        if (_chunks[^1].FreeCapacity < Math.Max(sizeHint, 1))
        {
            _chunks.Add(new ArrayBufferWriter<byte>(Math.Max(sizeHint, ChunkSize)));
        }

        return _chunks[^1];
    }
}
