using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>A buffer of chunks: it never copies bytes to grow, so a huge event needs no more than its own size.</summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int ChunkSize = 64 * 1024;

    // The JSON of a million empty records can repeat a long field name for each of them.
    private const int MaxEventSize = 512 * 1024 * 1024;

    private readonly List<ArrayBufferWriter<byte>> _chunks = [new(ChunkSize)];

    private int _begin;
    private int _limit = int.MaxValue;

    /// <summary>Number of bytes.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>The bytes, by chunk.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _chunks.Select(chunk => chunk.WrittenMemory);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _chunks[^1].Advance(count);
        WrittenCount += count;
        if (WrittenCount > _limit)
        {
            throw new BadMessageException(BadMessageReason.ImpossibleValue, $"It is more than {MaxEventSize >> 20} MiB as text.");
        }
    }

    /// <summary>Marks the start of an event.</summary>
    public void BeginEvent() => (_begin, _limit) = (WrittenCount, WrittenCount + MaxEventSize);

    /// <summary>Removes the bytes written since <see cref="BeginEvent"/>.</summary>
    public void DiscardEvent()
    {
        var kept = _begin;
        var chunk = 0;
        for (; kept > _chunks[chunk].WrittenCount; chunk++)
        {
            kept -= _chunks[chunk].WrittenCount;
        }

        var rest = _chunks[chunk].WrittenSpan[..kept].ToArray();
        _chunks.RemoveRange(chunk + 1, _chunks.Count - chunk - 1);
        _chunks[chunk].ResetWrittenCount();
        _chunks[chunk].Write(rest);
        WrittenCount = _begin;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => ReserveChunk(sizeHint).GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => ReserveChunk(sizeHint).GetSpan(sizeHint);

    /// <summary>Removes all bytes and releases all chunks but the first.</summary>
    public void Clear()
    {
        if (_chunks.Count > 1)
        {
            _chunks.RemoveRange(1, _chunks.Count - 1);
        }

        _chunks[0].ResetWrittenCount();
        (WrittenCount, _limit) = (0, int.MaxValue);
    }

    private ArrayBufferWriter<byte> ReserveChunk(int sizeHint)
    {
        if (_chunks[^1].FreeCapacity < Math.Max(sizeHint, 1))
        {
            _chunks.Add(new ArrayBufferWriter<byte>(Math.Max(sizeHint, ChunkSize)));
        }

        return _chunks[^1];
    }
}
