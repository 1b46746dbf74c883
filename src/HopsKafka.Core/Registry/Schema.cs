namespace HopsKafka.Registry;

/// <summary>An Avro schema as text. Hopsworks' registry holds no other kind and no references.</summary>
/// <param name="SchemaString">The text of the schema. The registry compares texts, so it is sent as it is.</param>
public sealed record Schema(string SchemaString);
