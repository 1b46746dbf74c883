using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Connections;

public sealed class HopsworksConnectionSpecs
{
    public static TheoryData<string> Releases => ["2.2", "2.5", "3.3", "4.0", "5.2"];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Confluents_clients_and_serdes_work_with_a_config_file(string release)
    {
        await using var sandbox = await StartAsync(release);
        await using var hops = await HopsworksConnection.OpenAsync(sandbox.ConfigFile);

        await ReadingClients.SendAsync(hops, hops.Topic, 1.5, 2.5);

        Assert.Equal([1.5, 2.5], ReadingClients.Read(hops, hops.Topic, "group", 2));
        Assert.Equal(("temperature", "sensor", 119, "demo"), (hops.Topic, hops.Subject, hops.ProjectId, hops.ProjectName));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task An_API_key_alone_is_enough(string release)
    {
        await using var sandbox = await StartAsync(release);
        await using var hops = await HopsworksConnection.OpenAsync(KeyAlone(sandbox));

        await ReadingClients.SendAsync(hops, HopsworksSandbox.Topic, 1.5);

        Assert.Equal([1.5], ReadingClients.Read(hops, HopsworksSandbox.Topic, "group", 1));
        Assert.Equal(HopsworksSandbox.ProjectId, hops.ProjectId);
    }

    [Fact]
    public async Task Certificates_and_brokers_of_the_options_win_over_those_of_the_server()
    {
        await using var sandbox = await StartAsync("4.0");
        var options = KeyAlone(sandbox);
        (options.Project, options.ProjectId) = (null, HopsworksSandbox.ProjectId);
        (options.ApiKey, options.ApiKeyFile) = (null, Path.Combine(sandbox.Folder, "cert/apiKeyFile"));
        options.BootstrapServers = sandbox.BootstrapServers;
        options.Certificates = new HopsworksCertificateOptions
        {
            KeyStore = Path.Combine(sandbox.Folder, "cert/keyStore.jks"),
            CaFile = Path.Combine(sandbox.Folder, "cert/trustStore.pem"),
            StorePasswordFile = Path.Combine(sandbox.Folder, "cert/password"),
        };
        options.Properties["client.id"] = "all";
        options.Producer["linger.ms"] = "7";
        options.Consumer["group.id"] = "own";
        await using var hops = await HopsworksConnection.OpenAsync(options);

        await ReadingClients.SendAsync(hops, HopsworksSandbox.Topic, 1.5);

        Assert.Equal((7, Acks.All, true), (hops.ProducerConfig().LingerMs, hops.ProducerConfig().Acks, hops.ProducerConfig().EnableIdempotence));
        Assert.Equal(("own", "other"), (hops.ConsumerConfig().GroupId, hops.ConsumerConfig("other").GroupId));
        Assert.Equal((sandbox.BootstrapServers, "all"), (hops.AdminClientConfig().BootstrapServers, hops.AdminClientConfig().ClientId));
        Assert.Equal(("all", "all"), (hops.ProducerConfig().ClientId, hops.ConsumerConfig().ClientId));
    }

    [Fact]
    public async Task Topics_and_the_lag_of_a_group_are_known()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        await using var hops = await HopsworksConnection.OpenAsync(sandbox.ConfigFile);
        var topic = await sandbox.CreateTopicAsync(partitions: 1);
        await ReadingClients.SendAsync(hops, topic, 1, 2, 3);
        ReadingClients.Read(hops, topic, "group", 3);
        await ReadingClients.SendAsync(hops, topic, 4, 5);

        var group = await hops.ConsumerGroups.DescribeAsync("group", topic);

        Assert.Equal((3, 5, 2), (group.Partitions.Single().Committed, group.Partitions.Single().End, group.Lag));
        Assert.Contains(topic, (await hops.Topics.GetTopicsAsync()).Select(t => t.Name));
    }

    [Fact]
    public async Task A_check_says_whether_server_and_brokers_can_be_used()
    {
        HopsworksConnection hops;
        await using (var sandbox = await HopsworksSandbox.StartAsync())
        {
            hops = await HopsworksConnection.OpenAsync(new HopsworksOptions { ConfigFile = sandbox.ConfigFile, MaxAttempts = 1 });
            await hops.CheckAsync();
        }

        await using (hops)
        {
            Assert.True((await Assert.ThrowsAsync<HopsworksException>(() => hops.CheckAsync())).IsTransient);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Brokers_that_cannot_be_reached_fail_the_check()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var options = KeyAlone(sandbox);
        options.BootstrapServers = "127.0.0.1:1";
        await using var hops = await HopsworksConnection.OpenAsync(options);

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => hops.CheckAsync());

        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_by_the_server()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var options = KeyAlone(sandbox);
        options.ApiKey = "wrong.key";

        var error = await Assert.ThrowsAsync<HopsworksException>(() => HopsworksConnection.OpenAsync(options));

        Assert.Equal(401, (int)error.Status);
        Assert.DoesNotContain("wrong.key", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_can_be_cancelled()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => HopsworksConnection.OpenAsync(KeyAlone(sandbox), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_group_that_nobody_names_is_an_error()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        await using var hops = await HopsworksConnection.OpenAsync(KeyAlone(sandbox));

        Assert.NotNull(Assert.Throws<HopsKafkaException>(() => hops.ConsumerConfig()).Remedy);
        Assert.NotNull(Assert.Throws<HopsKafkaException>(() => hops.Topic).Remedy);
    }

    internal static HopsworksOptions KeyAlone(HopsworksSandbox sandbox) => new()
    {
        Host = sandbox.RestAddress.Host,
        Port = sandbox.RestAddress.Port,
        Project = HopsworksSandbox.ProjectName,
        ApiKey = sandbox.ApiKey,
        ServerCaFile = Path.Combine(sandbox.Folder, "cert/trustStore.pem"),
    };

    private static Task<HopsworksSandbox> StartAsync(string release) =>
        HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = Version.Parse(release) });
}
