using System.Globalization;
using System.Text.Json.Nodes;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The feature store of a project, as far as a Kafka client needs it: its id, and the brokers that its connector names.</summary>
internal static class FeatureStoreCalls
{
    /// <summary>By name, which is the project's in lower case and a fixed ending.</summary>
    public static Task<Response> ByName(RequestContext call) => call.Path["name"] == call.Project.FeatureStoreName
        ? Task.FromResult(Response.Json(new JsonObject
        {
            ["featurestoreId"] = call.Project.FeatureStoreId,
            ["featurestoreName"] = call.Project.FeatureStoreName,
            ["projectId"] = call.Project.Id,
            ["projectName"] = call.Project.Name,
        }))
        : throw ErrorResponses.NoFeatureStore;

    public static Task<Response> KafkaConnector(RequestContext call)
    {
        if (call.Number("featurestore") != call.Project.FeatureStoreId)
        {
            throw ErrorResponses.NoFeatureStore;
        }

        return Task.FromResult(Response.Json(new JsonObject
        {
            ["type"] = "featurestoreKafkaConnectorDTO",
            ["id"] = -1,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"{call.Project.Name}_kafka"),
            ["storageConnectorType"] = "KAFKA",
            ["bootstrapServers"] = string.Join(',', call.Kafka.Brokers),
            ["securityProtocol"] = "SSL",
            ["sslEndpointIdentificationAlgorithm"] = "",
            ["externalKafka"] = false,
        }));
    }
}
