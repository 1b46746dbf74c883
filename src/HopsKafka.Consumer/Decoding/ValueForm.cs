namespace HopsKafka.Consumer.Decoding;

/// <summary>How keys or values are read.</summary>
internal enum ValueForm
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
