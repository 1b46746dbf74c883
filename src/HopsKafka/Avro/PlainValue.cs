namespace HopsKafka.Avro;

/// <summary>Avro values of built-in types, so that event properties are written and compared as fields are.</summary>
internal static class PlainValue
{
    /// <summary>The type of <see cref="OfNumber"/>.</summary>
    public static AvroType Number { get; } = AvroType.Parse("\"long\"");

    /// <summary>The type of <see cref="OfTime"/>.</summary>
    public static AvroType Time { get; } = AvroType.Parse("""{"type":"long","logicalType":"timestamp-millis"}""");

    /// <summary>The type of <see cref="OfText"/>.</summary>
    public static AvroType Text { get; } = AvroType.Parse("\"string\"");

    /// <summary>Avro's null.</summary>
    public static AvroValue Null { get; } = AvroValue.Null(AvroType.Parse("\"null\""));

    /// <summary>A whole number.</summary>
    public static AvroValue OfNumber(long number) => AvroValue.OfLong(Number, number);

    /// <summary>A point in time.</summary>
    /// <param name="milliseconds">Milliseconds since 1970.</param>
    public static AvroValue OfTime(long milliseconds) => AvroValue.OfLong(Time, milliseconds);

    /// <summary>A text.</summary>
    /// <param name="utf8">Valid UTF-8; it must not change while the value is used.</param>
    public static AvroValue OfText(byte[] utf8) => AvroValue.OfBytes(Text, utf8);
}
