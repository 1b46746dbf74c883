namespace HopsKafka.Hopsworks;

/// <summary>Codes of <see cref="Confluent.SchemaRegistry.SchemaRegistryException.ErrorCode"/> that callers distinguish.</summary>
public static class HopsworksErrorCode
{
    /// <summary>The subject is not there, or has no compatibility level of its own.</summary>
    public const int SubjectNotFound = 40401;

    /// <summary>No version has this text, or the project has no such id.</summary>
    public const int SchemaNotFound = 40403;

    /// <summary>The compatibility level forbids the schema.</summary>
    public const int IncompatibleSchema = 40901;

    /// <summary>The name of a topic is taken, by whatever project.</summary>
    public const int TopicExists = 190002;

    /// <summary>The name of a topic is taken in Kafka, though Hopsworks does not know it.</summary>
    public const int TopicExistsInKafka = 190003;

    /// <summary>More replicas than brokers.</summary>
    public const int TooManyReplicas = 190005;
}
