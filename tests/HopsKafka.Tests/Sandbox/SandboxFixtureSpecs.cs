using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox;

namespace HopsKafka.Tests.Sandbox;

/// <summary>The sandbox as a fixture of another program's tests: its public API alone.</summary>
public sealed class SandboxFixtureSpecs(HopsworksFixture hopsworks) : IClassFixture<HopsworksFixture>, IAsyncDisposable
{
    private const string Order = """{"type":"record","name":"order","namespace":"org.example","fields":[{"name":"id","type":"string"}]}""";
    private const string OrderWithPrice =
        """{"type":"record","name":"order","namespace":"org.example","fields":[{"name":"id","type":"string"},{"name":"price","type":"double"}]}""";

    private readonly HopsworksSandbox _sandbox = hopsworks.Sandbox;
    private readonly HttpClient _client = Client(hopsworks.Sandbox);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.Faults.ClearAsync();
    }

    [Fact]
    public async Task A_topic_of_ones_own_exists_in_kafka_and_on_hopsworks_with_its_schema()
    {
        var second = _sandbox.RegisterSchema(Order, "orders");

        var topic = await _sandbox.CreateTopicAsync("mine", partitions: 3, subject: "orders");
        var other = await _sandbox.CreateTopicAsync();

        Assert.Equal(("orders", 1, Order), (second.Subject, second.Version, second.SchemaString.Replace("\\", "", StringComparison.Ordinal)));
        Assert.NotEqual(topic, other);
        Assert.Equal(3, Partitions(topic));
        Assert.Equal(2, Partitions(other));
        Assert.Equal(("orders", 1), await SchemaOfAsync(topic));
        Assert.Equal(("sensor", 1), await SchemaOfAsync(other));
    }

    [Fact]
    public async Task A_topic_is_refused_when_its_name_or_its_numbers_or_its_subject_do_not_fit()
    {
        await _sandbox.CreateTopicAsync("taken");

        var errors = new[]
        {
            await Assert.ThrowsAsync<HopsKafkaException>(() => _sandbox.CreateTopicAsync("taken")),
            await Assert.ThrowsAsync<HopsKafkaException>(() => _sandbox.CreateTopicAsync("new", replicas: 2)),
            await Assert.ThrowsAsync<HopsKafkaException>(() => _sandbox.CreateTopicAsync("new", subject: "nobody")),
        };

        Assert.Equal(["taken", "new", "nobody"], errors.Zip(["taken", "new", "nobody"], (e, fact) => e.Message.Contains(fact, StringComparison.Ordinal) ? fact : e.Message));
        Assert.Equal("new", await _sandbox.CreateTopicAsync("new"));
    }

    [Fact]
    public void A_schema_goes_to_the_subject_of_its_name_and_an_incompatible_one_is_refused()
    {
        var first = _sandbox.RegisterSchema(Order);
        var again = _sandbox.RegisterSchema(Order);

        Assert.Equal(("org.example.order", 1), (first.Subject, first.Version));
        Assert.Equal((first.Id, first.Version), (again.Id, again.Version));
        Assert.Contains("not compatible", Assert.Throws<HopsKafkaException>(() => _sandbox.RegisterSchema(OrderWithPrice)).Message, StringComparison.Ordinal);
        Assert.Contains("no name", Assert.Throws<HopsKafkaException>(() => _sandbox.RegisterSchema("\"string\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_requests_are_used_up_or_cleared()
    {
        _sandbox.Faults.FailNext(2, 503);
        _sandbox.Faults.FailNext(1, 401);
        HttpStatusCode[] answers = [await StatusAsync(), await StatusAsync(), await StatusAsync(), await StatusAsync()];
        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Unauthorized, HttpStatusCode.OK], answers);

        _sandbox.Faults.FailNext(int.MaxValue, 500, "<html>", "text/html");
        using (var page = await _client.GetAsync("kafka/topics", TestContext.Current.CancellationToken))
        {
            Assert.Equal(
                (HttpStatusCode.InternalServerError, "<html>"), (page.StatusCode, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        Assert.Equal(int.MaxValue - 1, _sandbox.Faults.Pending);
        await _sandbox.Faults.ClearAsync();
        Assert.Equal((0, HttpStatusCode.OK), (_sandbox.Faults.Pending, await StatusAsync()));
    }

    [Fact]
    public async Task Responses_are_late_or_missing_or_end_in_the_middle()
    {
        _sandbox.Faults.DelayNext(1, TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.InRange(watch.ElapsedMilliseconds, 280, long.MaxValue);

        _sandbox.Faults.CutNext(1);
        await Assert.ThrowsAsync<HttpRequestException>(StatusAsync);

        _sandbox.Faults.HangNext(1);
        var hanging = StatusAsync();
        Assert.True(SpinWait.SpinUntil(() => _sandbox.Faults.Pending == 0, TimeSpan.FromSeconds(20)));
        await _sandbox.Faults.StopRestApiAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_stopped_rest_api_refuses_connections_and_comes_back_on_its_port_with_its_topics()
    {
        var (address, topic) = (_sandbox.RestAddress, await _sandbox.CreateTopicAsync());

        await _sandbox.Faults.StopRestApiAsync();
        await _sandbox.Faults.StopRestApiAsync();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(StatusAsync);
        await _sandbox.Faults.StartRestApiAsync();
        await _sandbox.Faults.StartRestApiAsync();

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal(address, _sandbox.RestAddress);
        Assert.Equal(("sensor", 1), await SchemaOfAsync(topic));
    }

    [Fact]
    public async Task A_revoked_api_key_is_refused_until_it_is_restored()
    {
        _sandbox.Faults.RevokeApiKey();
        var revoked = await StatusAsync();
        _sandbox.Faults.RestoreApiKey();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (revoked, await StatusAsync()));
    }

    [Fact]
    public async Task A_stopped_broker_takes_no_event_until_it_is_started()
    {
        var topic = await _sandbox.CreateTopicAsync();
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig(_sandbox.ClientConfig()) { MessageTimeoutMs = 1000, LingerMs = 0 })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

        _sandbox.Faults.StopBroker(1);
        var lost = await Assert.ThrowsAsync<ProduceException<string, string>>(() => ProduceAsync(producer, topic));
        await _sandbox.Faults.ClearAsync();
        using var another = new ProducerBuilder<string, string>(_sandbox.ClientConfig()).Build();
        var stored = await ProduceAsync(another, topic);

        Assert.Equal(ErrorCode.Local_MsgTimedOut, lost.Error.Code);
        Assert.Equal(PersistenceStatus.Persisted, stored.Status);
    }

    [Fact]
    public async Task Several_run_at_the_same_time_and_share_nothing()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HopsworksSandbox.StartAsync()));
        try
        {
            HopsworksSandbox[] all = [_sandbox, .. others];
            foreach (var sandbox in all)
            {
                await sandbox.CreateTopicAsync("shared-name", partitions: 1);
                using var producer = new ProducerBuilder<string, string>(sandbox.ClientConfig()).Build();
                await ProduceAsync(producer, "shared-name", sandbox.Folder);
            }

            Assert.Equal(4 * 5, all.SelectMany(s => (string[])[s.Folder, s.BootstrapServers, s.RestAddress.Authority, s.ApiKey, s.CaPem]).Distinct().Count());
            Assert.All(all, sandbox => Assert.Equal([sandbox.Folder], ReadAll(sandbox, "shared-name")));
            using var stranger = Client(others[0]);
            stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", others[1].ApiKey);
            using var refused = await stranger.GetAsync("kafka/topics", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        finally
        {
            foreach (var sandbox in others)
            {
                await sandbox.DisposeAsync();
            }
        }
    }

    private static HttpClient Client(HopsworksSandbox sandbox)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509Certificate2.CreateFromPem(sandbox.CaPem) },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri($"{sandbox.SchemaRegistryUrl}/../") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", sandbox.ApiKey);
        return client;
    }

    private static Task<DeliveryResult<string, string>> ProduceAsync(IProducer<string, string> producer, string topic, string value = "value") =>
        producer.ProduceAsync(topic, new Message<string, string> { Key = "k", Value = value });

    private static List<string> ReadAll(HopsworksSandbox sandbox, string topic)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig(sandbox.ClientConfig()) { GroupId = "all", EnablePartitionEof = true }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var values = new List<string>();
        while (consumer.Consume(TimeSpan.FromSeconds(30)) is { IsPartitionEOF: false } result)
        {
            values.Add(result.Message.Value);
        }

        return values;
    }

    private int Partitions(string topic)
    {
        using var admin = new AdminClientBuilder(_sandbox.ClientConfig()).Build();
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics.Single().Partitions.Count;
    }

    private async Task<HttpStatusCode> StatusAsync()
    {
        using var response = await _client.GetAsync("kafka/topics", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<(string? Subject, int Version)> SchemaOfAsync(string topic)
    {
        var text = await _client.GetStringAsync($"kafka/topics/{topic}/subjects", TestContext.Current.CancellationToken);
        var schema = JsonDocument.Parse(text).RootElement;
        return (schema.GetProperty("subject").GetString(), schema.GetProperty("version").GetInt32());
    }
}
