using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.Sandbox;
using HopsKafka.Tests.Architecture;

namespace HopsKafka.Tests.Sandbox;

/// <summary>The code of docs/sandbox.md.</summary>
public sealed class HopsworksFixture : IAsyncLifetime
{
    public HopsworksSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sandbox = await HopsworksSandbox.StartAsync();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}

public sealed class SandboxExampleSpecs(HopsworksFixture hopsworks) : IClassFixture<HopsworksFixture>
{
    private const string OrderSchema =
        """{"type":"record","name":"order","namespace":"org.example","fields":[{"name":"id","type":"string"}]}""";

    [Fact]
    public async Task An_order_arrives()
    {
        var schema = hopsworks.Sandbox.RegisterSchema(OrderSchema);
        var topic = await hopsworks.Sandbox.CreateTopicAsync(subject: schema.Subject);
        var consumerConfig = new ConsumerConfig(hopsworks.Sandbox.ClientConfig()) { GroupId = "orders", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var producer = new ProducerBuilder<string, string>(hopsworks.Sandbox.ClientConfig()).Build();
        using var consumer = new ConsumerBuilder<string, string>(consumerConfig).Build();

        await producer.ProduceAsync(topic, new Message<string, string> { Key = "a", Value = "an order" });
        consumer.Subscribe(topic);

        Assert.Equal("an order", consumer.Consume(TimeSpan.FromSeconds(30))?.Message.Value);
    }

    [Fact]
    public async Task A_feature_group_has_a_subject()
    {
        var trips = await hopsworks.Sandbox.CreateFeatureGroupAsync(
            "trips", version: 1, [new("id", "bigint", Primary: true), new("distance", "double")]);

        Assert.Equal("trips_1", trips.Subject);
    }

    [Fact]
    public async Task A_feature_group_has_an_event_time_and_online_types_or_no_online_table()
    {
        var visits = await hopsworks.Sandbox.CreateFeatureGroupAsync(
            "visits", version: 1,
            [new("id", "string", Primary: true, OnlineType: "varchar(20)"), new("at", "timestamp"), new("pages", "array<string>", OnlineType: "varbinary(500)")],
            eventTime: "at");
        var archive = await hopsworks.Sandbox.CreateFeatureGroupAsync(
            "archive", version: 1, [new("id", "string", Primary: true)], onlineEnabled: false);

        Assert.NotEqual(visits.Topic, archive.Topic);
    }

    [Fact]
    public async Task A_registry_that_is_down_refuses_connections_until_it_is_back()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        await sandbox.Faults.StopRestApiAsync();
        using var registry = StockClient(sandbox);
        await Assert.ThrowsAsync<HttpRequestException>(() => registry.GetLatestSchemaAsync("sensor"));

        await sandbox.Faults.StartRestApiAsync();
        sandbox.Faults.FailNext(count: 1, status: 404);
        var error = await Assert.ThrowsAsync<SchemaRegistryException>(() => registry.GetLatestSchemaAsync("sensor"));

        Assert.Equal(404, (int)error.Status);
        Assert.Equal(1, (await registry.GetLatestSchemaAsync("sensor")).Version);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("5.2")]
    public async Task Confluents_own_clients_and_serdes_work(string release)
    {
        await using var sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = Version.Parse(release) });
        var topic = await sandbox.CreateTopicAsync();
        using var registry = StockClient(sandbox);
        var schema = (global::Avro.RecordSchema)global::Avro.Schema.Parse(OrderSchema);
        var id = await registry.RegisterSchemaAsync("org.example.order", new Confluent.SchemaRegistry.Schema(OrderSchema, SchemaType.Avro));
        var order = new GenericRecord(schema);
        order.Add("id", "order 1");
        var serializer = new AvroSerializer<GenericRecord>(
            registry, new AvroSerializerConfig { AutoRegisterSchemas = false, SubjectNameStrategy = SubjectNameStrategy.Record });
        using var producer = new ProducerBuilder<string, GenericRecord>(sandbox.ClientConfig()).SetValueSerializer(serializer).Build();
        using var consumer = new ConsumerBuilder<string, GenericRecord>(
                new ConsumerConfig(sandbox.ClientConfig()) { GroupId = "stock", GroupProtocol = GroupProtocol.Consumer, AutoOffsetReset = AutoOffsetReset.Earliest })
            .SetValueDeserializer(new AvroDeserializer<GenericRecord>(
                registry, new AvroDeserializerConfig { SubjectNameStrategy = SubjectNameStrategy.Record }).AsSyncOverAsync())
            .Build();

        await producer.ProduceAsync(topic, new Message<string, GenericRecord> { Key = "a", Value = order });
        consumer.Subscribe(topic);
        var received = consumer.Consume(TimeSpan.FromSeconds(30));

        Assert.Equal("order 1", received?.Message.Value["id"]);
        Assert.Equal(id, sandbox.RegisterSchema(OrderSchema).Id);
        consumer.Close();
    }

    [Fact]
    public void The_document_shows_the_code_of_this_file()
    {
        var (root, file) = (LayoutSpecs.Repository(), $"{nameof(SandboxExampleSpecs)}.cs");
        var code = File.ReadAllText(Path.Combine(root, "tests", "HopsKafka.Tests", "Sandbox", file)).ReplaceLineEndings("\n");
        var shown = Regex.Matches(File.ReadAllText(Path.Combine(root, "docs", "sandbox.md")).ReplaceLineEndings("\n"), "(?s)```csharp\n(.*?)```");

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block.Groups[1].Value, code, StringComparison.Ordinal));
    }

    private static CachedSchemaRegistryClient StockClient(HopsworksSandbox sandbox) => new(
        new SchemaRegistryConfig { Url = $"{sandbox.SchemaRegistryUrl}", EnableSslCertificateVerification = false },
        new ApiKeyProvider(sandbox.ApiKey));

    private sealed class ApiKeyProvider(string key) : IAuthenticationHeaderValueProvider
    {
        public AuthenticationHeaderValue GetAuthenticationHeader() => new("ApiKey", key);

        public void Dispose()
        {
        }
    }
}
