using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HopsKafka.Avro;

/// <summary>What the values of a type mean.</summary>
/// <param name="Scale">Digits behind the point of a decimal; 0 for others.</param>
internal readonly record struct LogicalType(LogicalKind Kind, int Scale)
{
    internal const string Attribute = "logicalType";

    internal static LogicalType Of(AvroType type)
    {
        var name = Prop(type, Attribute) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        return (name, type.Kind) switch
        {
            (null, _) => default,
            ("decimal", "bytes" or "fixed") => Decimal(type),
            ("uuid", "string") => Plain(LogicalKind.Uuid),
            ("uuid", "fixed") when type.Size == 16 => Plain(LogicalKind.Uuid),
            ("date", "int") => Plain(LogicalKind.Date),
            ("time-millis", "int") => Plain(LogicalKind.TimeMillis),
            ("time-micros", "long") => Plain(LogicalKind.TimeMicros),
            ("timestamp-millis", "long") => Plain(LogicalKind.TimestampMillis),
            ("timestamp-micros", "long") => Plain(LogicalKind.TimestampMicros),
            ("timestamp-nanos", "long") => Plain(LogicalKind.TimestampNanos),
            ("local-timestamp-millis", "long") => Plain(LogicalKind.LocalTimestampMillis),
            ("local-timestamp-micros", "long") => Plain(LogicalKind.LocalTimestampMicros),
            ("local-timestamp-nanos", "long") => Plain(LogicalKind.LocalTimestampNanos),
            ("duration", "fixed") when type.Size == 12 => Plain(LogicalKind.Duration),
            _ => default,
        };
    }

    /// <summary>Digits that a decimal may have; 0 for other types.</summary>
    internal static int PrecisionOf(AvroType type) => type.Logical.Kind == LogicalKind.Decimal ? Number(type, "precision", 0) : 0;

    private static LogicalType Plain(LogicalKind kind) => new(kind, 0);

    private static LogicalType Decimal(AvroType type) =>
        Number(type, "precision", -1) is var precision and > 0 && Number(type, "scale", 0) is var scale and >= 0 && scale <= precision
        && (type.Kind == "bytes" || precision <= Math.Floor(((8d * type.Size) - 1) * Math.Log10(2)))
            ? new LogicalType(LogicalKind.Decimal, scale)
            : default;

    private static int Number(AvroType type, string prop, int absent) => Prop(type, prop) switch
    {
        null => absent,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => -1,
    };

    private static JsonElement? Prop(AvroType type, string name)
    {
        foreach (var (key, value) in type.Props)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>The logical types of the Avro specification.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are Avro's.")]
internal enum LogicalKind
{
    /// <summary>None, or one that Avro does not define or that does not fit the type.</summary>
    None,

    /// <summary>Bytes or fixed: a big-endian two's-complement number, divided by ten to the scale.</summary>
    Decimal,

    /// <summary>String, or fixed of 16 bytes.</summary>
    Uuid,

    /// <summary>Int: days since 1970-01-01.</summary>
    Date,

    /// <summary>Int: milliseconds since midnight.</summary>
    TimeMillis,

    /// <summary>Long: microseconds since midnight.</summary>
    TimeMicros,

    /// <summary>Long: milliseconds since 1970-01-01T00:00:00Z.</summary>
    TimestampMillis,

    /// <summary>Long: microseconds since 1970-01-01T00:00:00Z.</summary>
    TimestampMicros,

    /// <summary>Long: nanoseconds since 1970-01-01T00:00:00Z.</summary>
    TimestampNanos,

    /// <summary>Long: milliseconds since 1970-01-01T00:00:00 in no particular time zone.</summary>
    LocalTimestampMillis,

    /// <summary>Long: microseconds since 1970-01-01T00:00:00 in no particular time zone.</summary>
    LocalTimestampMicros,

    /// <summary>Long: nanoseconds since 1970-01-01T00:00:00 in no particular time zone.</summary>
    LocalTimestampNanos,

    /// <summary>Fixed of 12 bytes: months, days and milliseconds, each little-endian and unsigned.</summary>
    Duration,
}
