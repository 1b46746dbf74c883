using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.Configuration;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Feature stores, by name or id: the project's own, and those that others share with it.</summary>
internal static class FeatureStoreCalls
{
    public static Task<Response> Find(RequestContext call)
    {
        var owner = OwnerOf(call);
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["featurestoreId"] = owner.FeatureStoreId,
            ["featurestoreName"] = owner.FeatureStoreName,
            ["offlineFeaturestoreName"] = owner.FeatureStoreName,
            ["projectId"] = owner.Id,
            ["projectName"] = owner.Name,
            ["created"] = $"{owner.Created:yyyy-MM-ddTHH:mm:ss.fffZ}",
            ["onlineEnabled"] = true,
        }));
    }

    public static Task<Response> KafkaConnector(RequestContext call)
    {
        var owner = OwnerOf(call);
        var connector = new JsonObject
        {
            ["type"] = "featurestoreKafkaConnectorDTO",
            ["id"] = -1,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"{owner.Name}_kafka"),
            ["featurestoreId"] = owner.FeatureStoreId,
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
        return new JsonArray(
            new JsonObject { ["name"] = "sasl.mechanism", ["value"] = security.Mechanism },
            new JsonObject { ["name"] = "sasl.jaas.config", ["value"] = login });
    }

    /// <summary>A version of a subject of the project that owns the feature store.</summary>
    public static Task<Response> Subject(RequestContext call) => SubjectCalls.Version(call with { Member = OwnerOf(call) });

    /// <summary>The project whose feature store the path names.</summary>
    /// <exception cref="RestException">There is none, or it is not shared: 404/270008.</exception>
    public static HopsworksProject OwnerOf(RequestContext call)
    {
        var named = call.Path["featurestore"];
        var isId = PathNumber.TryParse(named, out var id);
        return call.State.Projects.FirstOrDefault(project => project.SharesFeatureStoreWith(call.Project)
            && (isId ? project.FeatureStoreId == id : project.FeatureStoreName == named)) ?? throw FeatureStoreErrors.NoFeatureStore;
    }

    /// <summary>The feature group whose id the path names.</summary>
    /// <exception cref="RestException">There is none in this feature store: 404/270009.</exception>
    public static StoredFeatureGroup GroupOf(RequestContext call)
    {
        var owner = OwnerOf(call);
        return PathNumber.TryParse(call.Path["featuregroup"], out var id) && call.State.FeatureGroups.Find(id) is { } group && group.Project == owner
            ? group
            : throw FeatureStoreErrors.NoFeatureGroup;
    }
}
