using System.Buffers.Binary;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>
/// Writes sensor readings as <c>avro-producer</c> does: byte 0, the schema's id as big-endian int32 (Confluent's framing), then the Avro
/// binary. Safe for use by several threads.
/// </summary>
public sealed class SensorSerializer : ISerializer<SensorReading>
{
    private const int MaxVarintSize = 10;
    private const int MaxUtf8SizePerChar = 3;
    private static readonly UTF8Encoding s_utf8 = new(false, true);

    private readonly int _schemaId;
    private readonly SensorPart[] _parts;
    private readonly int _fixedSize;
    private readonly SensorDecoder _decoder;

    /// <summary>Makes a serializer.</summary>
    /// <param name="schemaId">The id of the registered schema.</param>
    /// <param name="schema">
    /// Its text: an Avro record with <c>timestamp</c> (long, timestamp-millis), <c>id</c> (string) and <c>value</c> (double) in any order. Each
    /// further field needs a default, which is written.
    /// </param>
    /// <exception cref="HopsKafkaException">Readings cannot be written with this schema.</exception>
    public SensorSerializer(int schemaId, string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _schemaId = schemaId;
        var parsed = SensorSchema.Parse(schema);
        _parts = parsed.Parts;
        _decoder = SensorDecoder.For(parsed.Type, parsed.FullName)!;
        _fixedSize = ConfluentFraming.Size + sizeof(double) + _parts.Sum(p => p.Constant.Length);
    }

    /// <summary>Writes a reading.</summary>
    /// <param name="data">The reading.</param>
    /// <param name="context">Ignored: the same bytes for any topic.</param>
    /// <returns>The value of an event, framing included.</returns>
    /// <exception cref="HopsKafkaException">The id is not valid Unicode.</exception>
    public byte[] Serialize(SensorReading data, SerializationContext context)
    {
        var bytes = new byte[GetSize(data)];
        Write(bytes, data);
        return bytes;
    }

    /// <summary>A size in bytes that a reading never exceeds; cheaper than <see cref="GetSize"/>.</summary>
    /// <param name="reading">The reading.</param>
    /// <returns>Bytes, framing included.</returns>
    internal int GetMaxSize(in SensorReading reading) => _fixedSize + (2 * MaxVarintSize) + (MaxUtf8SizePerChar * reading.Id.Length);

    /// <summary>The exact size of a reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <returns>Bytes, framing included.</returns>
    /// <exception cref="HopsKafkaException">The id is not valid Unicode.</exception>
    internal int GetSize(in SensorReading reading)
    {
        var id = ByteCount(reading.Id);
        return _fixedSize + VarintSize(reading.Timestamp) + VarintSize(id) + id;
    }

    /// <summary>Writes a reading into a buffer.</summary>
    /// <param name="destination">At least <see cref="GetSize"/> bytes.</param>
    /// <param name="reading">The reading.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="HopsKafkaException">The id is not valid Unicode.</exception>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    internal int Write(Span<byte> destination, in SensorReading reading)
    {
        ConfluentFraming.Write(destination, _schemaId);
        var at = ConfluentFraming.Size;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            at += part.Kind switch
            {
                SensorPartKind.Timestamp => WriteVarint(destination[at..], reading.Timestamp),
                SensorPartKind.Id => WriteString(destination[at..], reading.Id),
                SensorPartKind.Value => WriteDouble(destination[at..], reading.Value),
                _ => WriteConstant(destination[at..], part.Constant),
            };
        }

        return at;
    }

    /// <summary>Decodes what this serializer wrote.</summary>
    /// <param name="message">The whole value, with Confluent's framing.</param>
    /// <returns>The reading.</returns>
    /// <exception cref="BadMessageException">The bytes are no reading.</exception>
    internal SensorReading Read(byte[] message) => _decoder.Decode(message);

    private static int WriteVarint(Span<byte> destination, long value)
    {
        var rest = ZigZag(value);
        var at = 0;
        while (rest >= 0x80)
        {
            destination[at++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        destination[at++] = (byte)rest;
        return at;
    }

    private static int WriteString(Span<byte> destination, string text)
    {
        var length = WriteVarint(destination, ByteCount(text));
        return length + s_utf8.GetBytes(text, destination[length..]);
    }

    private static int WriteDouble(Span<byte> destination, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(destination, value);
        return sizeof(double);
    }

    private static int WriteConstant(Span<byte> destination, byte[] bytes)
    {
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static int VarintSize(long value) => 1 + (System.Numerics.BitOperations.Log2(ZigZag(value) | 1) / 7);

    private static int ByteCount(string id)
    {
        try
        {
            return s_utf8.GetByteCount(id);
        }
        catch (EncoderFallbackException e)
        {
            throw new HopsKafkaException(
                "A sensor id holds half of a surrogate pair and cannot be written as UTF-8.",
                "Correct the id of the sensor ([[sensor]] in config.toml).",
                ExitCode.Usage,
                e);
        }
    }
}
