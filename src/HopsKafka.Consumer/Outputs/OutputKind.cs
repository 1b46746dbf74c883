namespace HopsKafka.Consumer.Outputs;

/// <summary>What the events are written as.</summary>
internal enum OutputKind
{
    /// <summary>The tutorial's lines.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Comma-separated values with a header row (RFC 4180).</summary>
    Csv,

    /// <summary>An Avro object container file.</summary>
    Avro,
}
