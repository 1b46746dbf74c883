using System.Diagnostics.CodeAnalysis;

namespace HopsKafka.AvroTypes;

/// <summary>The logical types of the Avro specification.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are Avro's.")]
public enum LogicalKind
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
