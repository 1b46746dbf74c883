using Confluent.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Assertions that the tests of faults share.</summary>
internal static class TopicAssert
{
    /// <summary>Reads the topic and compares it with what the producer's runs claim.</summary>
    public static IReadOnlyList<StoredEvent> AssertConsistent(ClientConfig client, string topic, params ProducerReport[] runs)
    {
        var stored = StoredTopic.Read(client, topic);
        TopicCheck.AssertConsistent(stored, runs);
        return stored;
    }

    /// <summary>A run that goes on where another failed completes the steps. Those that it repeats are duplicates to --verify, which is no fault.</summary>
    public static async Task AssertNextRunCompletesAsync(SandboxUser user, ClientConfig client, string topic, ProducerReport failed)
    {
        const int More = 6000;
        AssertConsistent(client, topic, failed);
        var next = ProducerReport.Of(
            await user.RunAsync("avro-producer", topic, "-t", $"{failed.Resume}", "-e", $"{More}", "-d", "0", "-q"), failed.Resume);
        var verified = await user.RunAsync("avro-consumer", topic, "--partition", "0,1", "--from", "beginning", "--exit-at-end", "--verify");

        Assert.Equal((0, failed.Resume + More), (next.ExitCode, next.Resume));
        var stored = AssertConsistent(client, topic, failed, next);
        var repeated = stored.Count - stored.DistinctBy(e => (e.KeyText, e.Header)).Count();
        Assert.True(verified.ExitCode == 0, $"{verified}");
        Assert.EndsWith(
            $"{stored.Count - repeated} events of 8 series: nothing missing, all in order{(repeated > 0 ? $", {repeated} stored twice" : "")}.\n",
            verified.Output,
            StringComparison.Ordinal);
    }

    /// <summary>How often a text is in what a tool said.</summary>
    public static int Count(string log, string text) => log.Split(text).Length - 1;

    /// <summary>
    /// Places that one member of a group printed: each partition in order and without a gap. It may go back to the last commit as often as
    /// the member said that it lost its partitions (the broker that coordinates the group may have been the one that died).
    /// </summary>
    public static ILookup<int, long> AssertInOrder(IReadOnlyList<(int Partition, long Offset)> places, string log)
    {
        var lost = Count(log, ": this consumer lost ") + Count(log, ": this consumer released ");
        var byPartition = places.ToLookup(place => place.Partition, place => place.Offset);
        foreach (var partition in byPartition)
        {
            var turns = partition.Zip(partition.Skip(1)).Where(pair => pair.Second != pair.First + 1).ToList();
            Assert.All(turns, turn => Assert.True(turn.Second <= turn.First, $"[{partition.Key}]: {turn.Second} came after {turn.First}"));
            Assert.True(turns.Count <= lost, $"[{partition.Key}] was read again {turns.Count} times:\n{log}");
        }

        return byPartition;
    }

    public static IEnumerable<(int Partition, long Offset)> Places(IEnumerable<StoredEvent> stored) =>
        stored.Select(e => (e.Partition, e.Offset)).Order();
}
