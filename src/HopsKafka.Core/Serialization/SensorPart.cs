namespace HopsKafka.Serialization;

/// <summary>One field of a record that readings are written with.</summary>
/// <param name="Kind">What is written.</param>
/// <param name="Constant">The bytes of <see cref="SensorPartKind.Constant"/>; empty otherwise.</param>
internal readonly record struct SensorPart(SensorPartKind Kind, byte[] Constant);
