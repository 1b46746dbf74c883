using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace HopsKafka.Avro;

/// <summary>
/// Writes an Avro object container file from values that are encoded already, which Apache.Avro cannot take: header with the
/// schema's own text, then blocks. A truncated file is readable up to its last whole block.
/// </summary>
internal sealed class AvroContainerWriter : IDisposable
{
    private const int SyncSize = 16;

    private readonly Stream _file;
    private readonly byte[] _sync = RandomNumberGenerator.GetBytes(SyncSize);
    private readonly MemoryStream _block = new();
    private long _count;
    private long _length;

    /// <summary>Writes the header.</summary>
    /// <param name="file">An empty file that can be cut; it is closed with this writer.</param>
    public AvroContainerWriter(Stream file, string schema)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        var header = new ArrayBufferWriter<byte>();
        header.Write("Obj\u0001"u8);
        AvroValueWriter.WriteLong(header, 2);
        AvroValueWriter.WriteText(header, "avro.schema");
        AvroValueWriter.WriteText(header, schema);
        AvroValueWriter.WriteText(header, "avro.codec");
        AvroValueWriter.WriteText(header, "deflate");
        AvroValueWriter.WriteLong(header, 0);
        header.Write(_sync);
        Append(header.WrittenSpan);
    }

    /// <summary>Bytes that are not written yet.</summary>
    public long Pending => _block.Length;

    /// <summary>Values in whole blocks.</summary>
    public long Written { get; private set; }

    /// <summary>Adds a value to the next block.</summary>
    public void Add(ReadOnlySpan<byte> datum)
    {
        _block.Write(datum);
        _count++;
    }

    /// <summary>Writes the pending values as one block and flushes it to the disk. After a failure, no part of the block is in the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        var data = Deflate();
        var block = new ArrayBufferWriter<byte>(data.Length + 64);
        AvroValueWriter.WriteLong(block, _count);
        AvroValueWriter.WriteLong(block, data.Length);
        block.Write(data);
        block.Write(_sync);
        Append(block.WrittenSpan);
        Written += _count;
        _count = 0;
        _block.SetLength(0);
    }

    /// <summary>Closes the file without the pending values.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _block.Dispose();
    }

    private ReadOnlySpan<byte> Deflate()
    {
        var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(_block.GetBuffer().AsSpan(0, (int)_block.Length));
        }

        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private void Sync()
    {
        if (_file is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
            Sync();
            _length += bytes.Length;
        }
        catch (IOException)
        {
            _file.SetLength(_length);
            throw;
        }
    }
}
