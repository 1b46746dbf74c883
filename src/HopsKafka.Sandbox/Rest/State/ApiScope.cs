namespace HopsKafka.Sandbox.Rest.State;

/// <summary>Scopes of an API key, in Hopsworks' spelling.</summary>
public static class ApiScope
{
    /// <summary>All calls under <c>/kafka</c>.</summary>
    public const string Kafka = "KAFKA";

    /// <summary>Projects and their certificates.</summary>
    public const string Project = "PROJECT";

    /// <summary>The feature store, among it the connector that names the external brokers.</summary>
    public const string FeatureStore = "FEATURESTORE";
}
