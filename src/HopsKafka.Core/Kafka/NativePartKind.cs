namespace HopsKafka.Kafka;

/// <summary>librdkafka's <c>rd_kafka_vtype_t</c>.</summary>
internal enum NativePartKind
{
    /// <summary>The topic's name.</summary>
    TopicName = 1,

    /// <summary>The topic's handle.</summary>
    Topic = 2,

    /// <summary>The value.</summary>
    Value = 4,

    /// <summary>The key.</summary>
    Key = 5,

    /// <summary>What comes back with the report.</summary>
    Opaque = 6,

    /// <summary>How it is sent.</summary>
    Flags = 7,

    /// <summary>Milliseconds.</summary>
    Timestamp = 8,

    /// <summary>A header.</summary>
    Header = 9,

    /// <summary>All headers.</summary>
    Headers = 10,
}
