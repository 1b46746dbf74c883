using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

public sealed class RealKafkaSpecs(KafkaFixture kafka)
{
    private static readonly SandboxCertificates s_certificates = SandboxCertificates.Create("demo__meb10000");

    private static readonly ErrorCode[] s_refused =
        [ErrorCode.Local_Ssl, ErrorCode.Local_Transport, ErrorCode.Local_AllBrokersDown];

    private static IAdminClient Admin(AdminClientConfig config) =>
        new AdminClientBuilder(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private IEmbeddedKafka Kafka => kafka.User.Sandbox.Kafka;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consumer_sees_what_a_producer_wrote_on_every_partition()
    {
        await Kafka.CreateTopicAsync("written", 2, 1, Cancel);

        await kafka.Clients.ProduceAsync("written", 0, "a", "b");
        await kafka.Clients.ProduceAsync("written", 1, "c");
        var values = kafka.Clients.Consume("written", "readers", 3);

        Assert.Equal(["a", "b", "c"], values.Order());
    }

    [Fact]
    public async Task A_created_topic_is_described_with_its_partitions()
    {
        await Kafka.CreateTopicAsync("described", 3, 1, Cancel);

        var described = await Kafka.DescribeTopicAsync("described", Cancel);

        Assert.Equal([0, 1, 2], described.Select(partition => partition.Id));
        Assert.All(described, partition => Assert.Equal("127.0.0.1", partition.Leader));
    }

    [Fact]
    public async Task Unknown_topics_are_refused_as_not_authorized_at_once()
    {
        using var producer = kafka.Clients.Producer();
        using var consumer = kafka.Clients.Consumer("readers-of-nothing");
        var time = Stopwatch.StartNew();

        var unwritten = await Assert.ThrowsAsync<ProduceException<string, string>>(() =>
            producer.ProduceAsync("nobodys", new() { Key = "k", Value = "v" }, Cancel));
        consumer.Subscribe("nobodys");
        var unread = Assert.Throws<ConsumeException>(() => consumer.Consume(TimeSpan.FromSeconds(10)));

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, unwritten.Error.Code);
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, unread.Error.Code);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_deleted_topic_is_refused_and_deleting_it_again_does_nothing()
    {
        await Kafka.CreateTopicAsync("deleted", 1, 1, Cancel);

        await Kafka.DeleteTopicAsync("deleted", Cancel);
        await Kafka.DeleteTopicAsync("deleted", Cancel);

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() => kafka.Clients.ProduceAsync("deleted", 0, "v"));
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
    }

    [Fact]
    public async Task Creating_a_topic_twice_reports_that_it_exists()
    {
        await Kafka.CreateTopicAsync("twice", 1, 1, Cancel);

        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => Kafka.CreateTopicAsync("twice", 1, 1, Cancel));

        Assert.Contains("Topic 'twice' already exists", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_without_a_certificate_or_with_one_of_another_CA_are_refused()
    {
        using var others = SandboxCertificates.Create("demo__meb10000");
        var bare = kafka.Clients;
        bare.Config.SslCertificatePem = null;
        bare.Config.SslKeyPem = null;
        var foreign = kafka.Clients;
        foreign.Config.SslCertificatePem = others.ClientCertificatePem;
        foreign.Config.SslKeyPem = others.ClientKeyPem;

        var bareError = await bare.FirstErrorAsync();
        var foreignError = await foreign.FirstErrorAsync();

        Assert.Contains(bareError.Code, s_refused);
        Assert.Contains(foreignError.Code, s_refused);
    }

    [Fact]
    public async Task Only_the_administrators_certificate_may_change_the_cluster()
    {
        var admin = kafka.AdminClient;
        var student = new AdminClientConfig(kafka.Clients.Config) { BootstrapServers = admin.BootstrapServers };
        var nobody = new AdminClientConfig { BootstrapServers = admin.BootstrapServers };
        TopicSpecification[] topic = [new TopicSpecification { Name = "theirs", NumPartitions = 1, ReplicationFactor = 1 }];
        using var theirs = Admin(student);
        using var plain = Admin(nobody);

        var refused = await Assert.ThrowsAsync<CreateTopicsException>(() => theirs.CreateTopicsAsync(topic));
        var unheard = Assert.Throws<KafkaException>(() => plain.GetMetadata(TimeSpan.FromSeconds(5)));
        using var own = Admin(new AdminClientConfig(admin));
        await own.CreateTopicsAsync(topic);

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Results[0].Error.Code);
        Assert.Contains(unheard.Error.Code, (ErrorCode[])[.. s_refused, ErrorCode.Local_TimedOut]);
    }

    [Fact]
    public async Task Two_brokers_share_the_partitions_and_leave_no_process_behind()
    {
        KafkaFixture.SkipWithoutKafka();
        using var folder = new TempDir();
        var two = await RealKafka.StartAsync(
            new RealKafkaOptions(KafkaFixture.Home!, folder.File("kafka"), s_certificates, Brokers: 2), Cancel);
        var clients = new KafkaClients(two.Brokers, s_certificates);
        await two.CreateTopicAsync("shared", 2, 2, Cancel);

        await clients.ProduceAsync("shared", 0, "a");
        await clients.ProduceAsync("shared", 1, "b");
        var values = clients.Consume("shared", "readers", 2);
        using var admin = clients.Admin();
        var leaders = admin.GetMetadata("shared", TimeSpan.FromSeconds(10)).Topics[0].Partitions.Select(partition => partition.Leader);
        await two.DisposeAsync();

        Assert.Equal(["a", "b"], values.Order());
        Assert.Equal([1, 2], leaders.Order());
        var gone = await clients.FirstErrorAsync();
        Assert.Contains(gone.Code, s_refused);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_option()
    {
        using var folder = new TempDir();
        var port = int.Parse(Kafka.Brokers[0].Split(':')[1], null);

        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => RealKafka.StartAsync(
            new RealKafkaOptions(KafkaFixture.Home!, folder.File("kafka"), s_certificates, FirstPort: port), Cancel));

        Assert.StartsWith($"Port {port} on 127.0.0.1, from --kafka-port, cannot be used for Kafka", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_files_of_the_user_is_not_changed()
    {
        KafkaFixture.SkipWithoutKafka();
        using var folder = new TempDir();
        var precious = folder.Write("precious.txt", "mine");

        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => RealKafka.StartAsync(
            new RealKafkaOptions(KafkaFixture.Home!, folder.Path, s_certificates), Cancel));

        Assert.Contains("it was not changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(precious));
    }

    [Fact]
    public async Task A_folder_that_is_no_Kafka_is_named_with_the_remedy()
    {
        using var folder = new TempDir();

        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => RealKafka.StartAsync(
            new RealKafkaOptions(folder.Path, folder.File("kafka"), s_certificates), Cancel));

        Assert.Contains("given by --kafka-home, is no Apache Kafka", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }
}
