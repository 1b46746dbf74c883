using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using HopsKafka.Common;
using Snappier;
using ZstdSharp;

namespace HopsKafka.Avro;

/// <summary>Decompresses the blocks of a container file by the codec that its header names.</summary>
internal sealed class ContainerCodec
{
    /// <summary>Most bytes of a block, compressed or not: a few bytes may claim or become any number.</summary>
    public const int MaxBlockSize = 256 * 1024 * 1024;

    private const int InitialCapacity = 64 * 1024;
    private const int MaxSnappyRatio = 64;
    private static readonly string s_tooLarge = $"it has more than {MaxBlockSize} bytes when decompressed";

    private readonly Decompressor? _decompress;

    private ContainerCodec(Decompressor? decompress) => _decompress = decompress;

    private delegate int Decompressor(byte[] block, int length, ref byte[] buffer);

    /// <summary>The codec of a name.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="HopsKafkaException">It is not supported.</exception>
    public static ContainerCodec Of(string name, string file) => name switch
    {
        "null" => new ContainerCodec(null),
        "deflate" => new ContainerCodec((block, length, ref buffer) => DecompressStream(new DeflateStream(Of(block, length), CompressionMode.Decompress), ref buffer)),
        "zstandard" => new ContainerCodec((block, length, ref buffer) => DecompressStream(new DecompressionStream(Of(block, length), leaveOpen: false), ref buffer)),
        "snappy" => new ContainerCodec(DecompressSnappy),
        _ => throw new HopsKafkaException(
            $"{file} is compressed with the codec {DisplayText.Of(name)}, which is not supported.",
            "Supported are null, deflate, snappy and zstandard. Write the file again with one of them, such as by: avro-tools recodec --codec deflate.",
            ExitCode.Usage),
    };

    /// <summary>Decompresses a block.</summary>
    /// <param name="block">The block, possibly followed by other bytes.</param>
    /// <param name="length">Its length.</param>
    /// <param name="buffer">Receives the result; it may be replaced by a larger one, or by the block itself.</param>
    /// <returns>The length of the result.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or too long.</exception>
    public int Decompress(ref byte[] block, int length, ref byte[] buffer)
    {
        if (_decompress is null)
        {
            (block, buffer) = (buffer, block);
            return length;
        }

        try
        {
            return _decompress(block, length, ref buffer);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException($"it cannot be decompressed ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static MemoryStream Of(byte[] block, int length) => new(block, 0, length, writable: false);

    private static int DecompressStream(Stream compressed, ref byte[] buffer)
    {
        using (compressed)
        {
            var filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Max(InitialCapacity, 2 * buffer.Length));
                }

                var read = compressed.Read(buffer, filled, buffer.Length - filled);
                filled += read;
                if (read == 0 || filled > MaxBlockSize)
                {
                    return filled <= MaxBlockSize ? filled : throw new InvalidDataException(s_tooLarge);
                }
            }
        }
    }

    // Avro adds the checksum of the decompressed bytes.
    private static int DecompressSnappy(byte[] block, int length, ref byte[] buffer)
    {
        var compressed = block.AsSpan(0, Math.Max(0, length - sizeof(uint)));
        if (compressed.Length == 0)
        {
            throw new InvalidDataException("it is too short for snappy and its checksum");
        }

        var claimed = Snappy.GetUncompressedLength(compressed);
        if (claimed > MaxBlockSize || claimed / MaxSnappyRatio > compressed.Length)
        {
            throw new InvalidDataException(claimed > MaxBlockSize ? s_tooLarge : $"{compressed.Length} bytes cannot become {claimed} by snappy");
        }

        if (claimed > buffer.Length)
        {
            buffer = new byte[claimed];
        }

        var decompressed = Snappy.Decompress(compressed, buffer);
        return Crc32.HashToUInt32(buffer.AsSpan(0, decompressed)) == BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(compressed.Length))
            ? decompressed
            : throw new InvalidDataException("its checksum does not match");
    }
}
