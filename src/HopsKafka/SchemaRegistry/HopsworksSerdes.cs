using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Configurations of Confluent's Avro serdes that fit Hopsworks: the subject is the full name of the record, and nothing is registered
/// by the way. Each read gives a new one, which the caller may change.
/// </summary>
public static class HopsworksSerdes
{
    /// <summary>For <see cref="AvroSerializer{T}"/>: looks the schema up by the record's name and never registers it.</summary>
    public static AvroSerializerConfig Serializer => new()
    {
        SubjectNameStrategy = SubjectNameStrategy.Record,
        AutoRegisterSchemas = false,
        UseLatestVersion = false,
        NormalizeSchemas = false,
    };

    /// <summary>For <see cref="AvroDeserializer{T}"/>: reads by the writer's schema, whose id the event carries.</summary>
    public static AvroDeserializerConfig Deserializer => new() { SubjectNameStrategy = SubjectNameStrategy.Record };
}
