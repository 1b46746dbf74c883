namespace HopsKafka.Producer.Inputs;

/// <summary>How the keys of events are written.</summary>
internal enum KeyFormat
{
    /// <summary>The text of the fields.</summary>
    String,

    /// <summary>Avro, in Confluent's framing.</summary>
    Avro,
}
