using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace HopsKafka.Avro;

/// <summary>
/// Writes an Avro object container file from values that are encoded already, which Apache.Avro cannot take: header with the
/// schema's own text, then blocks. A file that breaks off is readable up to its last whole block.
/// </summary>
internal sealed class AvroContainerWriter : IDisposable
{
    private const int SyncSize = 16;

    private readonly Stream _file;
    private readonly byte[] _sync = RandomNumberGenerator.GetBytes(SyncSize);
    private readonly MemoryStream _block = new();
    private long _inBlock;
    private long _whole;

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

    /// <summary>Bytes that wait for their block.</summary>
    public long Pending => _block.Length;

    /// <summary>Values in whole blocks.</summary>
    public long Written { get; private set; }

    /// <summary>Takes a value; it is not written yet.</summary>
    public void Add(ReadOnlySpan<byte> datum)
    {
        _block.Write(datum);
        _inBlock++;
    }

    /// <summary>Writes what waits as one block, and waits until it is on the disk. A part of a block never stays in the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        if (_inBlock == 0)
        {
            return;
        }

        var data = Deflated();
        var block = new ArrayBufferWriter<byte>(data.Length + 64);
        AvroValueWriter.WriteLong(block, _inBlock);
        AvroValueWriter.WriteLong(block, data.Length);
        block.Write(data);
        block.Write(_sync);
        Append(block.WrittenSpan);
        Written += _inBlock;
        _inBlock = 0;
        _block.SetLength(0);
    }

    /// <summary>Closes the file without what still waits.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _block.Dispose();
    }

    private ReadOnlySpan<byte> Deflated()
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(_block.GetBuffer().AsSpan(0, (int)_block.Length));
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
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
            _whole += bytes.Length;
        }
        catch (IOException)
        {
            _file.SetLength(_whole);
            throw;
        }
    }
}
