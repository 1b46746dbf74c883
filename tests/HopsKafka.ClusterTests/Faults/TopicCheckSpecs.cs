using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>Tests the checks of these tests on deliberately wrong topics.</summary>
public sealed class TopicCheckSpecs(KafkaFixture kafka)
{
    [Fact]
    public async Task Every_kind_of_fault_in_a_topic_is_found()
    {
        var topic = await kafka.User.NewTopicAsync(partitions: 1);
        var report = ProducerReport.Of(await kafka.User.RunAsync("avro-producer", topic, "-e", "300", "-d", "0"));
        var counted = report with { Acknowledged = [] };
        StoredEvent[] sound = [.. StoredTopic.Read(kafka.AdminClient, topic)];
        var at = Array.FindIndex(sound, e => e is { KeyText: "sensor3", Header.Step: 100 });
        var next = Array.FindIndex(sound, e => e is { KeyText: "sensor3", Header.Step: 101 });

        Assert.Equal(2400, sound.Length);
        Assert.Empty(new TopicCheck(sound).Faults(report));
        await AssertFoundAsync(counted with { Delivered = 2399 }, [.. sound[..at], .. sound[(at + 1)..]], "sensor3: step 100 is missing");
        await AssertFoundAsync(
            counted with { Delivered = 2401 },
            [.. sound[..(at + 1)], .. sound[at..]],
            "sensor3: step 100 is twice in partition 0", "sensor3: 1 steps are there more than once");
        await AssertFoundAsync(
            counted, [.. sound[..at], sound[next], .. sound[(at + 1)..next], sound[at], .. sound[(next + 1)..]], "sensor3: step 100 stands behind step 101 in partition 0");
        await AssertFoundAsync(
            counted, [.. sound[..at], sound[at] with { Value = sound[next].Value }, .. sound[(at + 1)..]], $"[0] offset {at} is not what sensor3 has at step 100");
        await AssertFoundAsync(
            counted with { Delivered = 2401 },
            [.. sound, sound[^1] with { Key = "withoutCertificate"u8.ToArray() }],
            "[0] offset 2400 is no event of a known sensor with a step");
        await AssertFoundAsync(counted, sound[..^1], "sensor7: step 299 is missing", "2399 events are stored, 2400 were counted as delivered");
    }

    [Fact]
    public async Task Every_report_that_does_not_match_the_topic_is_found()
    {
        var topic = await kafka.User.NewTopicAsync();
        var report = ProducerReport.Of(await kafka.User.RunAsync("avro-producer", topic, "-e", "20", "-d", "0"));
        var check = new TopicCheck(StoredTopic.Read(kafka.AdminClient, topic));

        Assert.Empty(check.Faults(report));
        Assert.Equal(["N is 19, but the first step that was not acknowledged is 20"], check.Faults(report with { Resume = 19 }));
        Assert.Contains("sensor0: step 20 is missing", check.Faults(report with { Resume = 21 }));
        Assert.Contains("160 events are stored, 161 were counted as delivered", check.Faults(report with { Delivered = 161 }));
        Assert.Equal(["the exit code is 0 with 1 failed events"], check.Faults(report with { Failed = 1 }));
        var wrong = report.Acknowledged[0] with { Offset = 1_000 };
        Assert.Contains(
            $"the acknowledged event of {wrong.Sensor} is not at [{wrong.Partition}] offset 1000",
            check.Faults(report with { Acknowledged = [wrong, .. report.Acknowledged.Skip(1)] }));
    }

    private async Task AssertFoundAsync(ProducerReport claim, IReadOnlyList<StoredEvent> events, params string[] faults)
    {
        var topic = await kafka.User.NewTopicAsync(partitions: 1);
        StoredTopic.Write(kafka.AdminClient, topic, events);

        Assert.Equal(faults, new TopicCheck(StoredTopic.Read(kafka.AdminClient, topic)).Faults(claim));
    }
}
