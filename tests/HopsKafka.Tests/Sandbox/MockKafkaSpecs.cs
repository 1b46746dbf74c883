using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

public sealed class MockKafkaSpecs : IAsyncDisposable
{
    private static readonly SandboxCertificates s_certificates = SandboxCertificates.Create("demo__meb10000");

    private readonly ConcurrentQueue<string> _notices = new();
    private readonly MockKafka _kafka;
    private readonly KafkaClients _clients;

    public MockKafkaSpecs()
    {
        _kafka = MockKafka.Start(s_certificates, brokers: 2, notice: _notices.Enqueue);
        _clients = new KafkaClients(_kafka.Brokers, s_certificates);
    }

    public ValueTask DisposeAsync() => _kafka.DisposeAsync();

    [Fact]
    public async Task A_consumer_sees_what_a_producer_wrote_on_every_partition()
    {
        await Create("temperature", partitions: 2);

        await _clients.ProduceAsync("temperature", 0, "a", "b");
        await _clients.ProduceAsync("temperature", 1, "c");
        var values = _clients.Consume("temperature", "readers", 3);

        Assert.Equal(["a", "b", "c"], values.Order());
        Assert.DoesNotContain(_notices, notice => notice.Contains("certificate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_created_topic_has_its_partitions_with_leaders_on_both_brokers()
    {
        await Create("temperature", partitions: 3, replicas: 2);
        using var admin = _clients.Admin();

        var metadata = admin.GetMetadata("temperature", TimeSpan.FromSeconds(10));
        var described = await _kafka.DescribeTopicAsync("temperature", TestContext.Current.CancellationToken);

        Assert.Equal([0, 1, 2], metadata.Topics.Single().Partitions.Select(partition => partition.PartitionId));
        Assert.Equal(2, metadata.Topics.Single().Partitions.Select(partition => partition.Leader).Distinct().Count());
        Assert.Equal(_kafka.Brokers, metadata.Brokers.OrderBy(broker => broker.BrokerId).Select(broker => $"{broker.Host}:{broker.Port}"));
        Assert.Equal([0, 1, 2], described.Select(partition => partition.Id));
        Assert.All(described, partition => Assert.Equal("localhost", partition.Leader));
        Assert.All(described, partition => Assert.Equal(2, partition.InSyncReplicas.Count));
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused_and_others_go_on()
    {
        await Create("temperature");
        var stranger = new KafkaClients(_kafka.Brokers, s_certificates);
        stranger.Config.SslCertificatePem = null;
        stranger.Config.SslKeyPem = null;

        var error = await stranger.FirstErrorAsync();

        Assert.Contains(error.Code, new[] { ErrorCode.Local_Ssl, ErrorCode.Local_Transport, ErrorCode.Local_AllBrokersDown });
        Assert.Contains(_notices, notice => notice.EndsWith(": it sent no certificate", StringComparison.Ordinal));
        await _clients.ProduceAsync("temperature", 0, "still here");
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_another_CA_is_refused()
    {
        using var others = SandboxCertificates.Create("demo__meb10000");
        var stranger = new KafkaClients(_kafka.Brokers, s_certificates);
        stranger.Config.SslCertificatePem = others.ClientCertificatePem;
        stranger.Config.SslKeyPem = others.ClientKeyPem;

        var error = await stranger.FirstErrorAsync();

        Assert.Contains(error.Code, new[] { ErrorCode.Local_Ssl, ErrorCode.Local_Transport, ErrorCode.Local_AllBrokersDown });
        Assert.Contains(_notices, notice => notice.EndsWith(": its certificate is not of this sandbox (PartialChain)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_dropped_for_want_of_room_are_reported_by_partition()
    {
        await Create("temperature", partitions: 2);
        var none = await _kafka.DroppedAsync(TestContext.Current.CancellationToken);
        var large = new string('x', 900_000);

        await _clients.ProduceAsync("temperature", 1, [.. Enumerable.Repeat(large, 8)]);
        var dropped = await _kafka.DroppedAsync(TestContext.Current.CancellationToken);

        Assert.Empty(none);
        Assert.Equal(("temperature", 1), (dropped.Single().Topic, dropped.Single().Partition));
        Assert.InRange(dropped.Single().LowWatermark, 1, 4);
    }

    [Fact]
    public async Task Two_members_that_start_together_get_a_partition_each_in_the_first_round()
    {
        await Create("temperature", partitions: 2);
        _kafka.SetFirstJoinDelay(TimeSpan.FromSeconds(2));
        using var first = _clients.Consumer("pair");
        using var second = _clients.Consumer("pair");
        first.Subscribe("temperature");
        second.Subscribe("temperature");
        var time = Stopwatch.StartNew();

        while ((first.Assignment.Count, second.Assignment.Count) != (1, 1) && time.Elapsed < TimeSpan.FromSeconds(15))
        {
            first.Consume(20);
            second.Consume(20);
        }

        Assert.Equal([0, 1], first.Assignment.Concat(second.Assignment).Select(held => held.Partition.Value).Order());
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Pushed_request_errors_reach_the_client()
    {
        await Create("temperature");
        _kafka.PushRequestErrors(0, (int)ErrorCode.TopicAuthorizationFailed);

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() => _clients.ProduceAsync("temperature", 0, "v"));

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
    }

    [Fact]
    public async Task A_broker_that_went_down_delays_its_events_until_it_is_up_again()
    {
        await Create("temperature");
        var leader = (await Leaders("temperature"))[0];
        using var producer = _clients.Producer();
        _kafka.SetBrokerDown(leader);

        var delivery = producer.ProduceAsync(new TopicPartition("temperature", 0), new() { Key = "k", Value = "v" }, TestContext.Current.CancellationToken);
        var early = await Task.WhenAny(delivery, Task.Delay(500, TestContext.Current.CancellationToken)) == delivery;
        _kafka.SetBrokerUp(leader);

        Assert.False(early);
        Assert.Equal(0, (await delivery).Offset.Value);
    }

    private Task Create(string topic, int partitions = 1, int replicas = 1) =>
        _kafka.CreateTopicAsync(topic, partitions, replicas, TestContext.Current.CancellationToken);

    private Task<int[]> Leaders(string topic) => Task.Run(() =>
    {
        using var admin = _clients.Admin();
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions.Select(partition => partition.Leader).ToArray();
    });
}
