using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class FeatureStoreCallsSpecs
{
    private const string Stores = "hopsworks-api/api/project/119/featurestores/";
    private const string Connector = "/storageconnectors/kafka_connector/byok?external=true";

    [Theory]
    [InlineData("3.4")]
    [InlineData("4.0")]
    [InlineData("5.2")]
    public async Task The_connector_names_the_brokers_from_3_4_on(string compat)
    {
        await using var rest = await StartAsync(compat, ApiScope.FeatureStore);

        var store = await rest.SendAsync("GET", Stores + "demo_featurestore");
        var id = store.Json.GetProperty("featurestoreId").GetInt32();
        var connector = await rest.SendAsync("GET", Stores + id + Connector);

        Assert.NotEqual(119, id);
        Assert.Equal(string.Join(',', rest.Kafka.Brokers), connector.Json.GetProperty("bootstrapServers").GetString());
        Assert.Equal("SSL", connector.Json.GetProperty("securityProtocol").GetString());
        Assert.Equal("", connector.Json.GetProperty("sslEndpointIdentificationAlgorithm").GetString());
        Assert.False(connector.Json.GetProperty("externalKafka").GetBoolean());
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    [InlineData("3.3")]
    public async Task Earlier_releases_have_no_such_path(string compat)
    {
        await using var rest = await StartAsync(compat, ApiScope.FeatureStore);

        var connector = await rest.SendAsync("GET", Stores + rest.Project.FeatureStoreId + Connector);

        Assert.Equal((404, 120004), (connector.Status, connector.ErrorCode));
    }

    [Fact]
    public async Task Both_calls_need_the_scope_of_the_feature_store()
    {
        await using var rest = await StartAsync("4.0", ApiScope.Kafka, ApiScope.Project);

        var store = await rest.SendAsync("GET", Stores + "demo_featurestore");
        var connector = await rest.SendAsync("GET", Stores + rest.Project.FeatureStoreId + Connector);

        Assert.Equal((403, 320004), (store.Status, store.ErrorCode));
        Assert.Equal((403, 320004), (connector.Status, connector.ErrorCode));
    }

    [Fact]
    public async Task Another_feature_store_is_not_found()
    {
        await using var rest = await StartAsync("4.0", ApiScope.FeatureStore);

        var store = await rest.SendAsync("GET", Stores + "other_featurestore");
        var connector = await rest.SendAsync("GET", Stores + "119" + Connector);

        Assert.Equal((404, 270008), (store.Status, store.ErrorCode));
        Assert.Equal((404, 270008), (connector.Status, connector.ErrorCode));
    }

    private static async Task<RestTestServer> StartAsync(string compat, params string[] scopes)
    {
        var rest = await RestTestServer.StartAsync(compat);
        rest.Key = rest.State.ApiKeys.Create(rest.User, scopes);
        return rest;
    }
}
