using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Configuration;

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

        var connector = new JsonObject
        {
            ["type"] = "featurestoreKafkaConnectorDTO",
            ["id"] = -1,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"{call.Project.Name}_kafka"),
            ["storageConnectorType"] = "KAFKA",
            ["bootstrapServers"] = string.Join(',', call.Kafka.Brokers),
            ["securityProtocol"] = "SSL",
            ["sslEndpointIdentificationAlgorithm"] = "",
            ["externalKafka"] = false,
        };
        if (call.Kafka.Security is { UsesSasl: true } security)
        {
            (connector["securityProtocol"], connector["externalKafka"], connector["options"]) = ("SASL_SSL", true, SaslOptions(security));
        }

        return Task.FromResult(Response.Json(connector));
    }

    // The options are those of Java clients.
    private static JsonArray SaslOptions(SecurityOptions security)
    {
        var module = security.Mechanism == "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        var login = $"org.apache.kafka.common.security.{module} required username=\"{security.Username!.Reveal()}\" password=\"{security.Password!.Reveal()}\";";
        return
        [
            new JsonObject { ["name"] = "sasl.mechanism", ["value"] = security.Mechanism },
            new JsonObject { ["name"] = "sasl.jaas.config", ["value"] = login },
        ];
    }
}
