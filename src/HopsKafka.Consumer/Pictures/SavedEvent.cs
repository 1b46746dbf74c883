using System.Globalization;
using System.Text;
using System.Text.Json;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Diagnostics;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Pictures;

/// <summary>One event as <c>-o json</c> saved it.</summary>
internal sealed record SavedEvent(string Topic, int Partition, long Offset)
{
    /// <summary>Its timestamp in Kafka, in milliseconds; 0 for unknown.</summary>
    public long Timestamp { get; private init; }

    /// <summary>Its key; undefined for none.</summary>
    public JsonElement Key { get; private init; }

    /// <summary>Its value; undefined for none.</summary>
    public JsonElement Value { get; private init; }

    /// <summary>Whether it deletes the record of its key, so that there is nothing to draw.</summary>
    public bool IsTombstone { get; private init; }

    /// <summary>The step in its header; null for none.</summary>
    public long? Step { get; private init; }

    /// <summary>Whether <c>hops-kafka doctor --round-trip</c> sent it.</summary>
    public bool IsSentByDoctor { get; private init; }

    /// <summary>Reads an event from a line.</summary>
    /// <param name="line">The whole line as JSON; it must live as long as the event.</param>
    /// <returns>The event; null if the line is not an event.</returns>
    public static SavedEvent? Of(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object
            || Child(line, "topic") is not { ValueKind: JsonValueKind.String } topic
            || Child(line, "partition") is not { ValueKind: JsonValueKind.Number } partition || !partition.TryGetInt32(out var number)
            || Child(line, "offset") is not { ValueKind: JsonValueKind.Number } offset || !offset.TryGetInt64(out var place))
        {
            return null;
        }

        var headers = Child(line, "headers") is { ValueKind: JsonValueKind.Array } array ? array : default(JsonElement?);
        return new SavedEvent(topic.GetString()!, number, place)
        {
            Timestamp = Child(line, "timestamp") is { } time ? TimeOf(time) ?? 0 : 0,
            Key = Child(line, "key") ?? Child(line, "key_base64") ?? default,
            Value = Child(line, "value") ?? default,
            IsTombstone = Child(line, "tombstone") is { ValueKind: JsonValueKind.True },
            Step = headers is { } all ? StepOf(all) : null,
            IsSentByDoctor = headers is { } some && some.EnumerateArray().Any(header => IsNamed(header, RoundTripCheck.Header)),
        };
    }

    /// <summary>Finds the field of a path; a name with dots, as <c>--fields</c> saves it, counts as one name.</summary>
    /// <returns>The field; null if there is none.</returns>
    public static JsonElement? Find(JsonElement root, FieldPath path)
    {
        if (Child(root, path.Text) is { } whole)
        {
            return whole;
        }

        JsonElement? found = root;
        foreach (var name in path.Names)
        {
            found = found is { } from ? Child(from, name) : null;
        }

        return found;
    }

    /// <summary>Converts a value to a number; NaN, infinities and decimals are saved as strings.</summary>
    /// <returns>The number; null if it is not numeric.</returns>
    public static double? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Converts a value to a time: milliseconds, or ISO 8601.</summary>
    /// <returns>Milliseconds since 1970-01-01T00:00:00Z; null for none.</returns>
    public static long? TimeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => time.ToUnixTimeMilliseconds(),
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A property of an object.</summary>
    /// <returns>The property; null if this is not an object, or the property is absent or null.</returns>
    public static JsonElement? Child(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;

    private static long? StepOf(JsonElement headers)
    {
        long? step = null;
        foreach (var header in headers.EnumerateArray())
        {
            if (IsNamed(header, StepHeader.Name))
            {
                step = StepHeader.TryRead(BytesOf(header), out var read) ? read.Step : null;
            }
        }

        return step;
    }

    private static bool IsNamed(JsonElement header, string wanted) => Child(header, "name") is { ValueKind: JsonValueKind.String } name && name.ValueEquals(wanted);

    private static byte[]? BytesOf(JsonElement header) =>
        Child(header, "base64") is { ValueKind: JsonValueKind.String } bytes && bytes.TryGetBytesFromBase64(out var raw) ? raw
        : Child(header, "text") is { ValueKind: JsonValueKind.String } text ? Encoding.UTF8.GetBytes(text.GetString()!)
        : null;
}
