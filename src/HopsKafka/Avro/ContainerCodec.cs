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
    public const int LargestBlock = 256 * 1024 * 1024;

    private const int FirstRoom = 64 * 1024;
    private const int MostPerSnappyByte = 64;
    private static readonly string s_tooLong = $"it has more than {LargestBlock} bytes when decompressed";

    private readonly Decompressor? _decompress;

    private ContainerCodec(Decompressor? decompress) => _decompress = decompress;

    private delegate int Decompressor(byte[] block, int length, ref byte[] room);

    /// <summary>The codec of a name.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="HopsKafkaException">It is not supported.</exception>
    public static ContainerCodec Of(string name, string file) => name switch
    {
        "null" => new ContainerCodec(null),
        "deflate" => new ContainerCodec((block, length, ref room) => Inflate(new DeflateStream(Of(block, length), CompressionMode.Decompress), ref room)),
        "zstandard" => new ContainerCodec((block, length, ref room) => Inflate(new DecompressionStream(Of(block, length), leaveOpen: false), ref room)),
        "snappy" => new ContainerCodec(Unsnap),
        _ => throw new HopsKafkaException(
            $"{file} is compressed with the codec {DisplayText.Of(name)}, which is not supported.",
            "Supported are null, deflate, snappy and zstandard. Write the file again with one of them, such as by: avro-tools recodec --codec deflate.",
            ExitCode.Usage),
    };

    /// <summary>Decompresses a block.</summary>
    /// <param name="block">It, and perhaps bytes behind it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="room">What is there to hold the result; it may be replaced by a longer one, or by the block itself.</param>
    /// <returns>The length of the result.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or too long.</exception>
    public int Decompress(ref byte[] block, int length, ref byte[] room)
    {
        if (_decompress is null)
        {
            (block, room) = (room, block);
            return length;
        }

        try
        {
            return _decompress(block, length, ref room);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException($"it cannot be decompressed ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static MemoryStream Of(byte[] block, int length) => new(block, 0, length, writable: false);

    private static int Inflate(Stream packed, ref byte[] room)
    {
        using (packed)
        {
            var filled = 0;
            while (true)
            {
                if (filled == room.Length)
                {
                    Array.Resize(ref room, Math.Max(FirstRoom, 2 * room.Length));
                }

                var read = packed.Read(room, filled, room.Length - filled);
                filled += read;
                if (read == 0 || filled > LargestBlock)
                {
                    return filled <= LargestBlock ? filled : throw new InvalidDataException(s_tooLong);
                }
            }
        }
    }

    // Avro adds the checksum of the decompressed bytes.
    private static int Unsnap(byte[] block, int length, ref byte[] room)
    {
        var packed = block.AsSpan(0, Math.Max(0, length - sizeof(uint)));
        if (packed.Length == 0)
        {
            throw new InvalidDataException("it is too short for snappy and its checksum");
        }

        var claimed = Snappy.GetUncompressedLength(packed);
        if (claimed > LargestBlock || claimed / MostPerSnappyByte > packed.Length)
        {
            throw new InvalidDataException(claimed > LargestBlock ? s_tooLong : $"{packed.Length} bytes cannot become {claimed} by snappy");
        }

        if (claimed > room.Length)
        {
            room = new byte[claimed];
        }

        var unpacked = Snappy.Decompress(packed, room);
        return Crc32.HashToUInt32(room.AsSpan(0, unpacked)) == BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(packed.Length))
            ? unpacked
            : throw new InvalidDataException("its checksum does not match");
    }
}
