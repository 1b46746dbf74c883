using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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
        Assert.Empty(_notices);
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
    public async Task Producing_to_an_unknown_topic_is_refused_as_not_authorized_at_once()
    {
        using var producer = _clients.Producer();
        var time = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() =>
            producer.ProduceAsync("nobodys", new() { Key = "k", Value = "v" }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Consuming_an_unknown_topic_is_refused_as_not_authorized_at_once()
    {
        using var consumer = _clients.Consumer("readers");
        consumer.Subscribe("nobodys");
        var time = Stopwatch.StartNew();

        var refused = Assert.Throws<ConsumeException>(() => consumer.Consume(TimeSpan.FromSeconds(10)));

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_topic_that_was_refused_works_once_it_is_created_and_is_refused_again_once_deleted()
    {
        using var admin = _clients.Admin();
        ErrorCode Ask() => admin.GetMetadata("later", TimeSpan.FromSeconds(10)).Topics.Single().Error.Code;

        var before = Ask();
        await Create("later", partitions: 5);
        var created = admin.GetMetadata("later", TimeSpan.FromSeconds(10)).Topics.Single();
        await _kafka.DeleteTopicAsync("later", TestContext.Current.CancellationToken);
        var after = Ask();

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, before);
        Assert.Equal(ErrorCode.NoError, created.Error.Code);
        Assert.Equal(5, created.Partitions.Count);
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, after);
        await _kafka.DeleteTopicAsync("later", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_unknown_topics_are_refused_at_once_and_do_not_delay_the_end()
    {
        await Create("temperature");
        var names = Enumerable.Range(0, 3000).Select(i => $"nobodys-{i}").Append("temperature").ToList();
        var time = Stopwatch.StartNew();

        var answer = await AskForTopicsAsync(names);
        await _kafka.DisposeAsync();

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(Says(answer, ErrorCode.NoError, "temperature"));
        Assert.All(names[..^1], name => Assert.True(Says(answer, ErrorCode.TopicAuthorizationFailed, name), name));
    }

    [Fact]
    public async Task The_list_of_all_topics_shows_created_ones_only()
    {
        await Create("temperature");
        using (var other = _clients.Admin())
        {
            // It ends before the list is asked for: a client goes on asking for a topic that it was refused.
            other.GetMetadata("nobodys", TimeSpan.FromSeconds(10));
        }

        using var admin = _clients.Admin();
        var listed = admin.GetMetadata(TimeSpan.FromSeconds(10));

        Assert.Equal(["temperature"], listed.Topics.Select(topic => topic.Topic));
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
    public async Task Events_dropped_for_want_of_room_are_told_by_partition()
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

    // error_code:int16 name:string
    private static bool Says(byte[] answer, ErrorCode error, string topic) =>
        answer.AsSpan().IndexOf((byte[])[0, (byte)error, 0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic)]) >= 0;

    // A Metadata request of version 4, which may create topics; no client asks for so many at once.
    private async Task<byte[]> AskForTopicsAsync(List<string> topics)
    {
        byte[] body =
        [
            0, 3, 0, 4, 0, 0, 0, 7, 0, 0, 0, 0, (byte)(topics.Count >> 8), (byte)topics.Count,
            .. topics.SelectMany(topic => (byte[])[0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic)]), 1,
        ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, int.Parse(_kafka.Brokers[0].Split(':')[1], null), limit.Token);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(s_certificates.Root);
        await using var tls = new SslStream(tcp.GetStream());
        using var pem = X509Certificate2.CreateFromPem(s_certificates.ClientCertificatePem, s_certificates.ClientKeyPem);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificateContext = SslStreamCertificateContext.Create(pem, [s_certificates.Intermediate], offline: true),
                CertificateChainPolicy = trust,
            },
            limit.Token);
        await tls.WriteAsync((byte[])[0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body], limit.Token);
        var length = new byte[4];
        await tls.ReadExactlyAsync(length, limit.Token);
        var answer = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await tls.ReadExactlyAsync(answer, limit.Token);
        return answer;
    }

    private Task Create(string topic, int partitions = 1, int replicas = 1) =>
        _kafka.CreateTopicAsync(topic, partitions, replicas, TestContext.Current.CancellationToken);

    private Task<int[]> Leaders(string topic) => Task.Run(() =>
    {
        using var admin = _clients.Admin();
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions.Select(partition => partition.Leader).ToArray();
    });
}
