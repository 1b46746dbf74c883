namespace HopsKafka.Sandbox.Rest;

/// <summary>Hopsworks' KafkaErrorCode: 190000 and a number.</summary>
internal static class KafkaErrors
{
    public static RestException TopicNotFound => Error(404, 0, "No topics found");

    public static RestException TopicExists => Error(
        409, 2, "Kafka topic already exists in database. Pick a different topic name");

    public static RestException TopicLimit => Error(
        412,
        4,
        "Topic limit reached. Contact your administrator to increase the number of topics that can be created for this project.");

    public static RestException TooManyReplicas => Error(400, 5, "Maximum topic replication factor exceeded");

    public static RestException NoSchemaForTopic => Error(404, 6, "Topic has no schema attached to it.");

    public static RestException TopicNotShared => Error(404, 10, "Topic is not shared with project");

    public static RestException SchemaInUse => Error(412, 14, "Schema is currently used by topics. topic");

    public static RestException ReservedSubject => Error(405, 16, "The provided subject name is reserved for system calls");

    public static RestException NoBroker => Error(404, 25, "Could not find a broker endpoint.");

    public static RestException DeletionFailed(Exception cause) => Error(500, 22, "Could not delete Kafka topics.", cause);

    public static RestException FetchFailed(Exception cause) => Error(500, 23, "Could not fetch topic details.", cause);

    public static RestException CreationFailed(Exception? cause = null) => Error(500, 24, "Could not create topic.", cause);

    private static RestException Error(int status, int number, string message, Exception? cause = null) =>
        ErrorResponses.Hopsworks(status, 190000 + number, message, cause: cause);
}
