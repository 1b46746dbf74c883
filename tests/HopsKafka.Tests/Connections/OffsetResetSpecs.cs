using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Connections;

public sealed class OffsetResetSpecs(SharedSandbox sandbox) : IAsyncLifetime
{
    private HopsworksConnection _hops = null!;
    private string _topic = "";

    public async ValueTask InitializeAsync()
    {
        _hops = await HopsworksConnection.OpenAsync(sandbox.User.Sandbox.ConfigFile);
        _topic = await sandbox.User.NewTopicAsync(partitions: 1);
        await ReadingClients.SendAsync(_hops, _topic, 1, 2, 3);
    }

    [Fact]
    public async Task A_group_starts_where_its_offsets_were_set()
    {
        var beginning = await _hops.ConsumerGroups.ResetOffsetsAsync("to-beginning", _topic, OffsetSpec.Earliest());
        var end = await _hops.ConsumerGroups.ResetOffsetsAsync("to-end", _topic, OffsetSpec.Latest());
        var given = await _hops.ConsumerGroups.ResetOffsetsAsync("to-given", [At(0, 2)]);
        await ReadingClients.SendAsync(_hops, _topic, 4);

        Assert.Equal([At(0, 0), At(0, 3), At(0, 2)], [.. beginning, .. end, .. given]);
        Assert.Equal([1, 2, 3, 4], ReadingClients.Read(_hops, _topic, "to-beginning", 4));
        Assert.Equal([4], ReadingClients.Read(_hops, _topic, "to-end", 1));
        Assert.Equal([3, 4], ReadingClients.Read(_hops, _topic, "to-given", 2));
    }

    [Theory]
    [InlineData(1, 0, ErrorCode.UnknownTopicOrPart)]
    [InlineData(0, 4, ErrorCode.OffsetOutOfRange)]
    [InlineData(0, -1, ErrorCode.OffsetOutOfRange)]
    public async Task A_partition_or_offset_that_does_not_exist_sets_none(int partition, long offset, ErrorCode code)
    {
        var others = await sandbox.User.NewTopicAsync(partitions: 1);
        var group = $"refused-{partition}-{offset}";

        var error = await RefusedAsync(code, () =>
            _hops.ConsumerGroups.ResetOffsetsAsync(group, [new TopicPartitionOffset(others, 0, 0), At(partition, offset)]));

        Assert.Contains($"{_topic} [{partition}]", error.Message, StringComparison.Ordinal);
        Assert.All(await CommittedAsync(group, _topic, others), Assert.Null);
    }

    [Fact]
    public async Task A_topic_that_the_project_does_not_have_is_refused()
    {
        await RefusedAsync(ErrorCode.TopicAuthorizationFailed, () => _hops.ConsumerGroups.ResetOffsetsAsync("any", "no-such-topic", OffsetSpec.Earliest()));
    }

    [Fact]
    public async Task A_time_is_refused_where_the_brokers_cannot_look_it_up()
    {
        await RefusedAsync(ErrorCode.UnsupportedVersion, () => _hops.ConsumerGroups.ResetOffsetsAsync("any", _topic, OffsetSpec.ForTimestamp(0)));
    }

    [Fact]
    public async Task A_group_with_members_is_refused()
    {
        using var member = new ConsumerBuilder<byte[], byte[]>(_hops.ConsumerConfig("busy")).Build();
        member.Subscribe(_topic);
        while (member.Assignment.Count == 0)
        {
            member.Consume(TimeSpan.FromSeconds(1));
        }

        await RefusedAsync(ErrorCode.NonEmptyGroup, () => _hops.ConsumerGroups.ResetOffsetsAsync("busy", _topic, OffsetSpec.Earliest()));

        Assert.All(await CommittedAsync("busy", _topic), Assert.Null);
    }

    [Fact]
    public async Task No_offset_or_two_of_one_partition_are_a_mistake_of_the_caller()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _hops.ConsumerGroups.ResetOffsetsAsync("any", []));
        await Assert.ThrowsAsync<ArgumentException>(() => _hops.ConsumerGroups.ResetOffsetsAsync("any", [At(0, 0), At(0, 1)]));
    }

    [Fact]
    public async Task A_cancelled_reset_ends_although_the_brokers_are_silent()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = HopsworksConnectionSpecs.KeyAlone(sandbox.User.Sandbox);
        options.BootstrapServers = $"{silent.LocalEndpoint}";
        await using var hops = await HopsworksConnection.OpenAsync(options);
        using var stop = new CancellationTokenSource();

        var reset = hops.ConsumerGroups.ResetOffsetsAsync("any", _topic, OffsetSpec.Earliest(), stop.Token);
        using var called = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reset);
    }

    public ValueTask DisposeAsync() => _hops.DisposeAsync();

    private TopicPartitionOffset At(int partition, long offset) => new(_topic, partition, offset);

    private static async Task<HopsKafkaException> RefusedAsync(ErrorCode code, Func<Task> reset)
    {
        var error = await Assert.ThrowsAsync<HopsKafkaException>(reset);
        Assert.Equal(code, Assert.IsType<KafkaException>(error.InnerException).Error.Code);
        Assert.NotNull(error.Remedy);
        return error;
    }

    private async Task<IEnumerable<long?>> CommittedAsync(string group, params string[] topics)
    {
        var committed = new List<long?>();
        foreach (var topic in topics)
        {
            committed.AddRange((await _hops.ConsumerGroups.DescribeAsync(group, topic)).Partitions.Select(p => p.Committed));
        }

        return committed;
    }
}
