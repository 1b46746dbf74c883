using Confluent.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

/// <summary>The protocol of older Kafkas, which <c>hops-kafka sandbox --group-protocol classic</c> offers.</summary>
public sealed class GroupProtocolSpecs
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task With_the_classic_protocol_two_members_share_the_partitions_and_miss_nothing()
    {
        await using var user = await SandboxUser.StartAsync(options => options with { GroupProtocol = GroupProtocol.Classic });
        var config = await File.ReadAllTextAsync(user.Sandbox.ConfigFile, TestContext.Current.CancellationToken);
        await using var one = user.Start("avro-consumer", HopsworksSandbox.Topic);
        await one.WaitForLogAsync("now has");
        await using var two = user.Start("avro-consumer", HopsworksSandbox.Topic);
        await two.WaitForLogAsync("now has");
        await one.WaitForLogAsync("now has", times: 2);

        await user.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "20", "-d", "0", "-q");
        await Task.WhenAll(one.ReadLinesAsync(3 * 20 * 4), two.ReadLinesAsync(3 * 20 * 4));
        one.Interrupt();
        two.Interrupt();
        var results = await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());

        Assert.Contains("group_protocol = 'classic'", config, StringComparison.Ordinal);
        Assert.Contains("session_timeout_ms = 6000", config, StringComparison.Ordinal);
        Assert.All(results, r => Assert.Equal(0, r.ExitCode));
        Assert.All(results, r => Assert.Contains("this consumer released temperature [", r.Error, StringComparison.Ordinal));
        Readings.AssertNothingMissing(results.SelectMany(Readings.Of), 20);
    }

    [Fact]
    public async Task The_default_protocol_sets_no_times_that_are_the_brokers()
    {
        await using var user = await SandboxUser.StartAsync();

        var config = await File.ReadAllTextAsync(user.Sandbox.ConfigFile, TestContext.Current.CancellationToken);

        Assert.Contains("group_protocol = 'consumer'", config, StringComparison.Ordinal);
        Assert.DoesNotContain("session_timeout_ms", config, StringComparison.Ordinal);
        Assert.DoesNotContain("heartbeat_interval_ms", config, StringComparison.Ordinal);
    }
}
