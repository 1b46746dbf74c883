using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;

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
                BadMessageReason.TooShort, $"The {what} has {value.Length} bytes; Confluent's framing alone needs {Size}.");
        }

        return value[0] == Magic ? BinaryPrimitives.ReadInt32BigEndian(value[1..]) : throw NoMagicByte(value[0], what);
    }

    private static BadMessageException NoMagicByte(byte first, string what) => new(
        BadMessageReason.NoMagicByte,
        first == GuidMagic
            ? $"The {what} begins with byte 1, the framing by schema GUID of newer Confluent serializers, which Hopsworks does not know."
            : $"The {what} begins with byte 0x{first:X2}, not with the magic byte 0 of Confluent's framing.");
}

/// <summary>Which schema the value of an event names: in its framing, or, on a feature group's topic, in a header.</summary>
/// <param name="IsFeatureGroup">Whether the value is the unframed record of a feature group.</param>
internal readonly record struct EventSchemaId(int Id, bool IsFeatureGroup)
{
    private const string FeatureGroupHeader = "subjectId";
    private const string OperationHeader = "operation";

    /// <summary>Reads it.</summary>
    /// <param name="headers">The headers; null for none.</param>
    /// <param name="featureGroup">The schema of a feature group whose rows name none, up to Hopsworks 3.3; null for other topics.</param>
    /// <exception cref="BadMessageException">The value names none.</exception>
    public static EventSchemaId Of(ReadOnlySpan<byte> value, Headers? headers, int? featureGroup = null)
    {
        if (TextOf(headers, FeatureGroupHeader) is not { } subject)
        {
            return featureGroup is { } known ? new EventSchemaId(known, true) : new EventSchemaId(ConfluentFraming.ReadSchemaId(value), false);
        }

        return int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new EventSchemaId(id, true)
            : throw new BadMessageException(
                BadMessageReason.UnknownSchemaId, $"Its header {FeatureGroupHeader} is not a number but {DisplayText.Of(subject)}.");
    }

    /// <summary>Whether an event of a feature group deletes what its key names.</summary>
    /// <param name="headers">The headers; null for none.</param>
    public static bool IsDeletion(Headers? headers) => TextOf(headers, OperationHeader) == "delete";

    private static string? TextOf(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
