namespace HopsKafka.Sandbox.Rest;

/// <summary>Hopsworks' FeaturestoreErrorCode (270000 and a number) and JobErrorCode (130000 and a number).</summary>
internal static class FeatureStoreErrors
{
    public static RestException NoFeatureStore => Error(404, 8, "Featurestore wasn't found.");

    public static RestException NoFeatureGroup => Error(404, 9, "Featuregroup wasn't found.");

    public static RestException FeatureGroupExists => Error(400, 89, "The feature group you are trying to create does already exist.");

    public static RestException NoJob => ErrorResponses.Hopsworks(404, 130009, "Job not found.");

    public static RestException NoExecution => ErrorResponses.Hopsworks(404, 130010, "Execution not found.");

    public static RestException IllegalName(string name) => Error(400, 40, "Illegal feature name", name);

    public static RestException TypeNotInAvro(string type) => Error(400, 151, "Error converting Hive Type to Avro primitive type", type);

    public static RestException MapKey(string type) => Error(400, 152, "Map types are only supported with STRING type keys", type);

    public static RestException MalformedType(string type) => Error(500, 153, "Error converting Hive schema to Avro", type);

    public static RestException EventTimeType(string feature, string type) => Error(400, 171, "Illegal event time feature type", $"{feature} is of type {type}");

    public static RestException NoEventTime(string feature) => Error(400, 172, "Event time feature not found", feature);

    private static RestException Error(int status, int number, string message, string? detail = null) =>
        ErrorResponses.Hopsworks(status, 270000 + number, message, detail);
}
