namespace HopsKafka.SchemaRegistry;

/// <summary>A schema under a subject of the registry.</summary>
/// <param name="Subject">The subject: with the record-name strategy, the full name of the record.</param>
/// <param name="Version">Version within the subject, from 1.</param>
/// <param name="Id">Id of the text; subjects with the same text share it. Seen only inside the project that owns it.</param>
/// <param name="SchemaString">The text of the schema, as the registry renders it.</param>
public sealed record RegisteredSchema(string Subject, int Version, int Id, string SchemaString);

/// <summary>An Avro schema as text. Hopsworks' registry holds no other kind and no references.</summary>
/// <param name="SchemaString">The text of the schema. The registry compares texts, so it is sent as it is.</param>
public sealed record Schema(string SchemaString);
