using System.Buffers.Binary;
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

/// <summary>Topics that nobody created: refused as on Hopsworks.</summary>
public sealed class MockKafkaTopicSpecs : IAsyncDisposable
{
    private static readonly SandboxCertificates s_certificates = SandboxCertificates.Create("demo__meb10000");

    private readonly MockKafka _kafka = MockKafka.Start(s_certificates, brokers: 2);
    private readonly KafkaClients _clients;

    public MockKafkaTopicSpecs() => _clients = new KafkaClients(_kafka.Brokers, s_certificates);

    public ValueTask DisposeAsync() => _kafka.DisposeAsync();

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

    private Task Create(string topic, int partitions = 1) => _kafka.CreateTopicAsync(topic, partitions, 1, TestContext.Current.CancellationToken);
}
