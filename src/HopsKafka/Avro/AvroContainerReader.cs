using System.Buffers;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>
/// Reads an Avro object container file, value by value, as it arrives: a block at a time is in memory. A value whose schema writes the same
/// bytes with the same meaning as the target is not decoded.
/// </summary>
internal sealed class AvroContainerReader : IDisposable
{
    // Of records that may have no bytes at all; of others a block cannot hold more than it has bytes.
    private const long MaxEmptyRecords = 2_000_000;

    private readonly ContainerInput _input;
    private readonly string _name;
    private readonly ContainerCodec _codec;
    private readonly AvroType? _target;
    private byte[] _sync = [];
    private byte[] _compressed = [];
    private byte[] _block = [];
    private int _length;
    private int _start;
    private int _end;
    private long _remaining;

    /// <summary>Reads the header.</summary>
    /// <param name="file">A file or a pipe; it is closed with this reader.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="target">The type that values are resolved to; null for that of the file.</param>
    /// <exception cref="HopsKafkaException">It is no container file, its codec is not supported, or its schema cannot be resolved.</exception>
    public AvroContainerReader(Stream file, string name, AvroType? target = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        _input = new ContainerInput(file);
        _name = name;
        Header = ContainerHeader.Read(_input, name);
        _codec = ContainerCodec.Of(Header.Codec, name);
        _target = target is null || IsSame(Header.Schema, target, name) ? null : target;
    }

    /// <summary>The header.</summary>
    public ContainerHeader Header { get; }

    /// <summary>Whether the values are passed on without decoding.</summary>
    public bool IsUnchanged => _target is null;

    /// <summary>Number of the last value, from 1.</summary>
    public long Ordinal { get; private set; }

    /// <summary>Number of its block, from 1.</summary>
    public long Block { get; private set; }

    /// <summary>The offset of the block in the file, in bytes.</summary>
    public long BlockOffset { get; private set; }

    /// <summary>The last value as the file has it, until the next one is read.</summary>
    public ReadOnlySpan<byte> Original => _block.AsSpan(_start, _end - _start);

    /// <summary>Reads the next value.</summary>
    /// <param name="output">Where its encoding is written; nothing if it cannot be used.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BadMessageException">This value cannot be used: it cannot be resolved to the target, or a string in it is not UTF-8. The next one can be read.</exception>
    /// <exception cref="HopsKafkaException">The file is damaged, and nothing more can be read.</exception>
    public bool Read(IBufferWriter<byte> output)
    {
        while (_remaining == 0)
        {
            if (!ReadBlock())
            {
                return false;
            }
        }

        Ordinal++;
        _remaining--;
        _start = _end;
        if (_target is null)
        {
            Skip();
            output.Write(Original);
        }
        else
        {
            AvroValueWriter.Write(output, _target, AvroResolution.Resolve(Decode(), _target));
        }

        return true;
    }

    public void Dispose() => _input.Dispose();

    private static bool IsSame(AvroType writer, AvroType target, string name)
    {
        var resolution = SchemaResolution.Of(writer, target);
        return resolution.Problems.Count == 0
            ? !resolution.ChangesMeaning && CanonicalForm.Of(writer) == CanonicalForm.Of(target)
            : throw new HopsKafkaException(
                $"The schema of {name} cannot be resolved to the schema of the topic.",
                "Write the file with fields of the topic's schema, or add defaults or aliases to the schema and register it.",
                ExitCode.Usage) { Details = resolution.Problems };
    }

    private AvroValue Decode()
    {
        try
        {
            return AvroValueReader.ReadNext(Header.Schema, _block, ref _end, _length);
        }
        catch (BadMessageException e) when (e.Reason == BadMessageReason.InvalidUtf8)
        {
            Skip();
            throw;
        }
        catch (BadMessageException e)
        {
            throw DamagedRecord(e);
        }
    }

    private void Skip()
    {
        bool isUtf8;
        try
        {
            _end += AvroValueSkipper.LengthOf(Header.Schema, _block.AsSpan(_start, _length - _start), out isUtf8);
        }
        catch (BadMessageException e)
        {
            throw DamagedRecord(e);
        }

        if (!isUtf8)
        {
            throw new BadMessageException(BadMessageReason.InvalidUtf8, "A string of the record is not UTF-8.");
        }
    }

    private bool ReadBlock()
    {
        if (Block > 0 && _end < _length)
        {
            throw Damaged($"{_length - _end} bytes follow its last record");
        }

        if (_input.IsAtEnd)
        {
            return false;
        }

        BlockOffset = _input.Position;
        Block++;
        try
        {
            Decompress();
        }
        catch (EndOfStreamException e)
        {
            throw Damaged($"the file ends inside it, at byte {_input.Position}", e);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message.TrimEnd('.'), e);
        }
        catch (BadMessageException e)
        {
            throw Damaged("its length is not a valid number", e);
        }

        return true;
    }

    private void Decompress()
    {
        var (count, size) = (_input.ReadLong(), _input.ReadLong());
        if (count < 0 || size is < 0 or > ContainerCodec.MaxBlockSize)
        {
            throw new InvalidDataException(
                count < 0 ? $"it claims {count} records" : $"it claims {size} bytes; at most {ContainerCodec.MaxBlockSize} are read");
        }

        _input.Read(ref _compressed, (int)size);
        _input.Read(ref _sync, ContainerHeader.SyncSize);
        if (!_sync.AsSpan(0, ContainerHeader.SyncSize).SequenceEqual(Header.Sync))
        {
            throw new InvalidDataException("the sync marker after it is not that of the header");
        }

        _length = _codec.Decompress(ref _compressed, (int)size, ref _block);
        if (count > Math.Max(_length, MaxEmptyRecords))
        {
            throw new InvalidDataException($"it claims {count} records in {_length} bytes");
        }

        (_remaining, _start, _end) = (count, 0, 0);
    }

    private HopsKafkaException DamagedRecord(BadMessageException e)
    {
        Ordinal--;
        return Damaged($"its record {Ordinal + 1} of the file is damaged: {e.Message.TrimEnd('.')}", e);
    }

    private HopsKafkaException Damaged(string why, Exception? inner = null) => new(
        $"Block {Block} of {_name} (at byte {BlockOffset}) cannot be read: {why}.",
        $"The file is damaged or was not copied as a whole: copy or write it again. The {Ordinal} records before the fault were read.",
        innerException: inner);
}
