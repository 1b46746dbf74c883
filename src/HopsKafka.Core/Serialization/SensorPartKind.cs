namespace HopsKafka.Serialization;

/// <summary>What a field of the record takes from a reading.</summary>
internal enum SensorPartKind
{
    Timestamp,
    Id,
    Value,
    Constant,
}
