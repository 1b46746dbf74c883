using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-consumer on a real Apache Kafka.</summary>
public sealed class KafkaConsumerSpecs(KafkaFixture kafka) : SharedConsumerSpecs(kafka.User)
{
    [Fact]
    public async Task From_a_time_later_events_are_read_and_until_a_time_earlier_ones_with_and_without_the_group()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0", "-q");
        var between = $"{DateTime.UtcNow.AddMilliseconds(1):yyyy-MM-ddTHH:mm:ss.fffZ}";
        await ProduceAsync(topic, "-e", "3", "-t", "5", "-d", "0", "-q");

        var later = await RunAsync(topic, "--from", between, "--exit-at-end");
        var alone = await RunAsync(topic, "--from", between, "--exit-at-end", "--partition", "0");
        var earlier = await RunAsync(topic, "--from", "beginning", "--until", between);
        var age = await RunAsync(topic, "--from", "-1h", "--exit-at-end");

        Assert.Equal(Places(2, 20, 32), JsonEvents.Places(later).Order());
        Assert.Equal(Places(1, 20, 32), JsonEvents.Places(alone).Order());
        Assert.Equal(Places(2, 0, 20), JsonEvents.Places(earlier).Order());
        Assert.Equal(Places(2, 0, 32), JsonEvents.Places(age).Order());
    }

    [Fact]
    public async Task Of_three_consumers_of_two_partitions_the_one_without_a_partition_is_reported_as_idle()
    {
        var topic = await User.NewTopicAsync();
        await using var one = User.StartProcess("avro-consumer", topic, "-g", "idlers");
        await using var two = User.StartProcess("avro-consumer", topic, "-g", "idlers");
        await using var three = User.StartProcess("avro-consumer", topic, "-g", "idlers");

        await Poll.UntilAsync(
            "the idle one to be reported",
            () => new[] { one, two, three }.Any(c => c.Error.Contains("it waits.\nGroup idlers: 3 consumers for 2 partitions: 1 idles", StringComparison.Ordinal)),
            () => $"{one}{two}{three}");
    }

    private async Task<ToolResult> RunAsync(string topic, params string[] arguments)
    {
        var result = await User.RunAsync("avro-consumer", topic, ["-o", "json", .. arguments]);
        Assert.True(result.ExitCode == 0, $"{result}");
        return result;
    }

    private static IEnumerable<(int, long)> Places(int partitions, int from, int until) =>
        Enumerable.Range(0, partitions).SelectMany(p => Enumerable.Range(from, until - from).Select(o => (p, (long)o)));
}
