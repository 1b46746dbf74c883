using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Bytes to be written, in pieces: a huge event takes its own size and no more, and is never copied to grow.</summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int ChunkSize = 64 * 1024;

    // A schema may repeat a long name for each of a million values that take no bytes.
    private const int MostBytesOfEvent = 512 * 1024 * 1024;

    private readonly List<ArrayBufferWriter<byte>> _chunks = [new(ChunkSize)];

    private int _begin;
    private int _limit = int.MaxValue;

    /// <summary>Bytes in all.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>The bytes, piece by piece.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _chunks.Select(chunk => chunk.WrittenMemory);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _chunks[^1].Advance(count);
        WrittenCount += count;
        if (WrittenCount > _limit)
        {
            throw new BadMessageException(BadMessageReason.ImpossibleValue, $"It is more than {MostBytesOfEvent >> 20} MiB as text.");
        }
    }

    /// <summary>The text of an event begins.</summary>
    public void Begin() => (_begin, _limit) = (WrittenCount, WrittenCount + MostBytesOfEvent);

    /// <summary>Forgets what was written of the event that began last.</summary>
    public void Undo()
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
        (WrittenCount, _limit) = (0, int.MaxValue);
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
