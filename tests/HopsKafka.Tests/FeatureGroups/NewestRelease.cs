using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>One sandbox of the newest release for all tests.</summary>
public sealed class NewestRelease : IAsyncLifetime
{
    internal HopsworksSandbox Sandbox { get; private set; } = null!;

    internal HopsworksConnection Hops { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = new(5, 2) });
        Hops = await HopsworksConnection.OpenAsync(Sandbox.ConfigFile);
    }

    public async ValueTask DisposeAsync()
    {
        await Hops.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    internal string? Online(FeatureGroup group, string key) => Sandbox.State.FeatureGroups.Find(group.Id)!.Online.Find(key);

    internal int OfflineRows(FeatureGroup group) => Sandbox.State.FeatureGroups.Find(group.Id)!.Offline.Count;

    internal List<ConsumeResult<byte[], byte[]>> Read(FeatureGroup group) => [.. Read(Hops, group.Topic).Where(message =>
        Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes("featureGroupId")) == group.Id.ToString(CultureInfo.InvariantCulture))];

    internal static List<ConsumeResult<byte[], byte[]>> Read(HopsworksConnection hops, string topic)
    {
        var config = hops.ConsumerConfig(Guid.NewGuid().ToString());
        (config.AutoOffsetReset, config.EnablePartitionEof) = (AutoOffsetReset.Earliest, true);
        using var admin = new AdminClientBuilder(hops.AdminClientConfig()).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions;
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[], byte[]>>();
        for (var open = partitions.Count; open > 0;)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(10)) is not { } result)
            {
                break;
            }

            open -= result.IsPartitionEOF ? 1 : 0;
            if (!result.IsPartitionEOF)
            {
                read.Add(result);
            }
        }

        return read;
    }
}
