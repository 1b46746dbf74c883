using System.Text.Json;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Kafka;

/// <summary>hops-kafka topics --describe-events on the embedded Kafka, which accepts any time of an event.</summary>
public sealed class SandboxTopicEventsSpecs(SandboxFixture sandbox) : TopicEventsSpecs(sandbox.User), IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_time_that_is_none_is_null()
    {
        var topic = await NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(User, topic);
        testTopic.Write(0, [At(1, "a", 1), At(long.MaxValue, "a", 1)]);

        var partition = Assert.Single(await JsonAsync(topic));

        Assert.Equal((2, JsonValueKind.Null), (partition.GetProperty("count").GetInt64(), partition.GetProperty("last_time").ValueKind));
    }
}
