namespace HopsKafka.Consumer.Outputs;

/// <summary>A property of an event besides its value.</summary>
internal enum EventProperty
{
    /// <summary><c>_key</c>.</summary>
    Key,

    /// <summary><c>_partition</c>.</summary>
    Partition,

    /// <summary><c>_offset</c>.</summary>
    Offset,

    /// <summary><c>_timestamp</c>.</summary>
    Timestamp,

    /// <summary>A header: <c>_header.NAME</c>.</summary>
    Header,
}
