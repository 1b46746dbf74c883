namespace HopsKafka.Sensors;

/// <summary>One event of the tutorial's Avro record <c>sensor</c>.</summary>
/// <param name="Timestamp">When it was read: milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Id">The sensor's id.</param>
/// <param name="Value">The value read, in the sensor's unit.</param>
internal readonly record struct SensorReading(long Timestamp, string Id, double Value);
