using Confluent.Kafka.Admin;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-producer --input --resume where the topic changed in between, which only a real Apache Kafka can do.</summary>
public sealed class KafkaInputResumeSpecs(KafkaFixture kafka) : SharedToolSpecs(kafka.User)
{
    [Fact]
    public async Task Added_partitions_are_refused_because_keys_may_belong_to_others()
    {
        var topic = await User.NewTopicAsync();
        using var testTopic = new TestTopic(User, topic);
        using var admin = testTopic.Admin();
        using var dir = new TempDir();
        var file = dir.Write("readings.jsonl", string.Concat(Enumerable.Range(1, 10).Select(i => $$"""{"timestamp":{{i}},"id":"sensor{{i}}","value":{{i}}}""" + "\n")));
        await ProduceAsync(topic, "--input", file, "-q");

        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = 5 }]);
        var resumed = await User.RunAsync("avro-producer", topic, "--input", file, "-q", "--resume");

        Assert.Equal(1, resumed.ExitCode);
        Assert.Matches($@"error: readings\.jsonl cannot be resumed: the topic {topic} has 5 partitions, but had 2 when line \d+ was sent", resumed.Error);
        Assert.Equal(10, testTopic.ReadAll(5).Count);
    }
}
