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

    /// <summary>The project sees no feature store of this name.</summary>
    public const int FeatureStoreNotFound = 270008;

    /// <summary>The feature store has no feature group of this name and version.</summary>
    public const int FeatureGroupNotFound = 270009;

    /// <summary>The project has no job of this name.</summary>
    public const int JobNotFound = 130009;

    /// <summary>The API key lacks a scope.</summary>
    internal const int MissingScope = 320004;

    /// <summary>The server has no such call, or a number in its address is none.</summary>
    public const int UnknownAddress = 120004;
}
