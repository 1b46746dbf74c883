namespace HopsKafka.Consumer.Decoding;

/// <summary>How events are decoded, and which parts the outputs need.</summary>
internal sealed record DecodeOptions
{
    /// <summary>How values are read.</summary>
    public ValueFormat Value { get; init; }

    /// <summary>How keys are read.</summary>
    public ValueFormat Key { get; init; } = ValueFormat.String;

    /// <summary>The schema to read values with; null for the writer's.</summary>
    public ReaderSchema? Reader { get; init; }

    /// <summary>The id of the schema of a feature group's rows that name none; null for other topics.</summary>
    public int? FeatureGroupSchema { get; init; }

    /// <summary>Whether sensor readings are needed as such, for the text output or a picture.</summary>
    public bool NeedsReadings { get; init; }

    /// <summary>Whether fields are read by name, so that a reading alone is not enough.</summary>
    public bool NeedsFields { get; init; }
}

/// <summary>How keys or values are read.</summary>
internal enum ValueFormat
{
    /// <summary>Avro by the writer's schema.</summary>
    Avro,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Any bytes, shown as hexadecimal digits.</summary>
    Hex,

    /// <summary>Any bytes, as they are.</summary>
    Raw,
}
