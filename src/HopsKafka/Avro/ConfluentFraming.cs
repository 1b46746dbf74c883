using System.Buffers.Binary;

namespace HopsKafka.Avro;

/// <summary>Confluent's wire format: byte 0, the schema's id as big-endian int32, then the Avro binary.</summary>
internal static class ConfluentFraming
{
    /// <summary>Bytes before the Avro binary.</summary>
    public const int Size = 5;

    private const byte Magic = 0;
    private const byte GuidMagic = 1;

    /// <summary>Writes the five bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <param name="schemaId">The schema's id.</param>
    public static void Write(Span<byte> destination, int schemaId)
    {
        destination[0] = Magic;
        BinaryPrimitives.WriteInt32BigEndian(destination[1..], schemaId);
    }

    /// <summary>Reads the five bytes.</summary>
    /// <param name="value">The value of an event, or its key.</param>
    /// <param name="what">Which of the two, for messages.</param>
    /// <returns>The schema's id. The Avro binary begins at <see cref="Size"/>.</returns>
    /// <exception cref="BadMessageException">Too short, or not framed this way.</exception>
    public static int ReadSchemaId(ReadOnlySpan<byte> value, string what = "value")
    {
        if (value.Length < Size)
        {
            throw new BadMessageException(
                BadMessageReason.TooShort, $"The {what} has {value.Length} bytes; Confluent's framing alone takes {Size}.");
        }

        return value[0] == Magic ? BinaryPrimitives.ReadInt32BigEndian(value[1..]) : throw NoMagicByte(value[0], what);
    }

    private static BadMessageException NoMagicByte(byte first, string what) => new(
        BadMessageReason.NoMagicByte,
        first == GuidMagic
            ? $"The {what} begins with byte 1, the framing by schema GUID of newer Confluent serializers, which Hopsworks does not know."
            : $"The {what} begins with byte 0x{first:X2}, not with the magic byte 0 of Confluent's framing.");
}
