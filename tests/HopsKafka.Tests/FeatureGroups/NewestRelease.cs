using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

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

    internal List<ConsumeResult<byte[], byte[]>> Read(FeatureGroup group) => [.. KafkaReader.ReadToEnd(Hops.AdminClientConfig(), group.Topic).Where(message =>
        Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes("featureGroupId")) == group.Id.ToString(CultureInfo.InvariantCulture))];
}
