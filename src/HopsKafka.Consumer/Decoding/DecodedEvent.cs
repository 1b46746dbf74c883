using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Decoding;

/// <summary>One event, decoded as far as the outputs need it.</summary>
/// <param name="Source">The consumed message: topic, partition, offset, timestamp, headers, and the bytes of key and value.</param>
internal sealed record DecodedEvent(ConsumeResult<byte[], byte[]> Source)
{
    /// <summary>The writer's schema of the value; null for a tombstone and for a value that is not Avro.</summary>
    public WriterSchema? Schema { get; init; }

    /// <summary>The schema that values are read with in place of the writers'; null for none.</summary>
    public ReaderSchema? Reader { get; init; }

    /// <summary>The root of the schema that the value belongs to; null for none.</summary>
    public AvroType? Root => Reader?.Type ?? Schema?.Type;

    /// <summary>Whether the bytes are encoded by a feature group's rules, not by the schema alone.</summary>
    public bool IsFeatureGroup { get; init; }

    /// <summary>The value, in the reader's schema if one was given; null for a tombstone, for a value that is not Avro, and where
    /// <see cref="Reading"/> is enough.</summary>
    public AvroValue? Value { get; init; }

    /// <summary>The value as a sensor reading; null if it is not one, or is shown like any other record.</summary>
    public SensorReading? Reading { get; init; }

    /// <summary>The key; null if it is not Avro, or absent.</summary>
    public AvroValue? Key { get; init; }

    /// <summary>Whether it deletes the record of its key: an event without a value, or a feature group's deletion.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>The partition.</summary>
    public int Partition => Source.Partition.Value;

    /// <summary>The offset in the partition.</summary>
    public long Offset => Source.Offset.Value;
}
