using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>Takes the timestamps of events from a field of their values.</summary>
internal sealed class EventTimestamp
{
    private readonly AvroFieldReader _field;

    private EventTimestamp(AvroFieldReader field) => _field = field;

    /// <summary>The field of <c>--timestamp</c>.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="HopsKafkaException">The schema has no such field, or it is no time.</exception>
    public static EventTimestamp? Of(AvroType schema, InputRequest request)
    {
        if (request.TimestampField is not { } name)
        {
            return null;
        }

        var field = FieldOption.Find(schema, name, "--timestamp");
        var types = field.Type.Alternatives;
        return types.All(type => type.Kind is "null" or "long")
            ? new EventTimestamp(field)
            : throw new HopsKafkaException(
                $"Option --timestamp {name}: a field of type {string.Join(" or ", types.Select(type => type.Kind))} is no timestamp.",
                "Name a field of type long: a timestamp of milli-, micro- or nanoseconds, or milliseconds since 1970.",
                ExitCode.Usage);
    }

    /// <summary>Sets the timestamp of an event.</summary>
    /// <exception cref="BadLineException">The field is null, or before 1970.</exception>
    public void Set(InputEvent target)
    {
        if (target.IsTombstone)
        {
            return;
        }

        if (_field.Find(target.Avro, out var bytes) is not { } type)
        {
            throw new BadLineException(null, _field.Path, "it is null, and the event needs a timestamp");
        }

        var number = new AvroSpanReader(bytes).ReadLong();
        var milliseconds = type.Logical.Kind switch
        {
            LogicalKind.TimestampMicros or LogicalKind.LocalTimestampMicros => Math.DivRem(number, 1000).Quotient,
            LogicalKind.TimestampNanos or LogicalKind.LocalTimestampNanos => Math.DivRem(number, 1_000_000).Quotient,
            _ => number,
        };
        target.Timestamp = milliseconds > 0
            ? milliseconds
            : throw new BadLineException(null, _field.Path, $"{number} is no timestamp of an event: it must be after 1970");
    }
}
