using System.Text;
using System.Text.Unicode;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Names, types and values of the properties of an event besides its value.</summary>
internal static class EventProperties
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["_key", "_partition", "_offset", "_timestamp"];

    /// <summary>The property of a name.</summary>
    /// <param name="name">Such as <c>_key</c>.</param>
    /// <returns>The property; null if the name is unknown.</returns>
    public static EventProperty? Of(string name) => name switch
    {
        "_key" => EventProperty.Key,
        "_partition" => EventProperty.Partition,
        "_offset" => EventProperty.Offset,
        "_timestamp" => EventProperty.Timestamp,
        _ => null,
    };

    /// <summary>The type of its values; an Avro key may have another one.</summary>
    public static AvroType TypeOf(EventProperty property) => property switch
    {
        EventProperty.Key or EventProperty.Header => PlainValue.Text,
        EventProperty.Timestamp => PlainValue.Time,
        _ => PlainValue.Number,
    };

    /// <summary>The property of an event.</summary>
    /// <param name="keys">How keys are read.</param>
    /// <returns>The value; Avro's null for an absent key or timestamp.</returns>
    public static AvroValue Get(EventProperty property, DecodedEvent decoded, ValueFormat keys) => property switch
    {
        EventProperty.Key => decoded.Key ?? KeyOf(decoded.Source.Message.Key, keys),
        EventProperty.Partition => PlainValue.OfNumber(decoded.Partition),
        EventProperty.Offset => PlainValue.OfNumber(decoded.Offset),
        _ => decoded.Source.Message.Timestamp is { Type: not TimestampType.NotAvailable } time ? PlainValue.OfTime(time.UnixTimestampMs) : PlainValue.Null,
    };

    /// <summary>A header as text; the last one if several have the same name.</summary>
    /// <param name="value">Its text, or Avro's null for a header without a value.</param>
    /// <returns>False when the event has no such header.</returns>
    public static bool TryGetHeader(string name, DecodedEvent decoded, out AvroValue value)
    {
        value = PlainValue.Null;
        if (decoded.Source.Message.Headers?.TryGetLastBytes(name, out var bytes) != true)
        {
            return false;
        }

        value = bytes is null ? PlainValue.Null : TextOf(bytes);
        return true;
    }

    private static AvroValue KeyOf(byte[]? key, ValueFormat keys) => key switch
    {
        null => PlainValue.Null,
        _ when keys == ValueFormat.Hex => PlainValue.OfText(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(key))),
        _ => TextOf(key),
    };

    private static AvroValue TextOf(byte[] bytes) =>
        PlainValue.OfText(Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)));
}
