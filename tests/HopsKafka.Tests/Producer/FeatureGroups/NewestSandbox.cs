using Confluent.Kafka;
using HopsKafka.TestKit;

[assembly: AssemblyFixture(typeof(HopsKafka.Tests.Producer.FeatureGroups.NewestSandbox))]

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>One sandbox of the newest release, for all classes whose feature groups keep them apart.</summary>
public sealed class NewestSandbox : IAsyncLifetime
{
    private readonly Lazy<Task<SandboxUser>> _user = new(() => SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) }));
    private int _groups;

    public SandboxUser User => _user.Value.Result;

    /// <summary>A name that no other feature group has.</summary>
    public string NewName() => $"rows_{Interlocked.Increment(ref _groups)}";

    /// <summary>All records of a topic, in the order of each partition.</summary>
    public static IReadOnlyList<ConsumeResult<byte[], byte[]>> ReadAll(SandboxUser user, string topic)
    {
        var settings = new ConsumerConfig(user.Sandbox.ClientConfig()) { GroupId = $"{Guid.NewGuid()}", EnablePartitionEof = true, EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[], byte[]>>();
        for (var open = partitions.Count; open > 0;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20));
            Assert.NotNull(result);
            if (result.IsPartitionEOF)
            {
                open--;
            }
            else
            {
                read.Add(result);
            }
        }

        return read;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_user.IsValueCreated)
        {
            await (await _user.Value).DisposeAsync();
        }
    }
}
