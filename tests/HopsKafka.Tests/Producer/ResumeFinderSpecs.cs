using System.Text;
using HopsKafka.Common;
using HopsKafka.Native;
using HopsKafka.Producer;
using HopsKafka.Producer.Resuming;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;
using static HopsKafka.TestKit.TestTopic;

namespace HopsKafka.Tests.Producer;

/// <summary>What <c>--resume</c> finds in a topic. Of two partitions the first holds sensors 0 to 3, the second 4 to 7.</summary>
public sealed class ResumeFinderSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const int FindCoordinator = 10;
    private const int GroupAuthorizationFailed = 30;

    private static readonly TimeSpan s_quietPeriod = TimeSpan.FromSeconds(0.3);

    // Longer than a busy machine holds up a producer.
    private static readonly TimeSpan s_longQuietPeriod = TimeSpan.FromSeconds(2);

    private readonly SandboxUser _user = sandbox.User;
    private long _eventsRead;

    [Fact]
    public async Task Each_sensor_continues_after_its_own_last_step_and_a_missing_one_starts_at_the_first()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor0", 3), Step("sensor1", 3), Step("sensor0", 4));
        topic.Write(1, Step("sensor5", 120));

        Assert.Equal([5, 4, 100, 100, 100, 121, 100, 100, 100, 100], await FindAsync(topic, sensors: 10, firstStep: 100));
    }

    [Fact]
    public async Task An_empty_topic_starts_at_the_first_step()
    {
        using var topic = await TopicAsync();

        Assert.Equal([7, 7, 7, 7, 7, 7, 7, 7], await FindAsync(topic, firstStep: 7));
    }

    [Fact]
    public async Task Events_of_others_are_skipped()
    {
        using var topic = await TopicAsync();
        topic.Write(
            0,
            Step("sensor0", 3),
            Step("sensor0", 9, seed: 43),
            Step("sensor", 9),
            Event("sensor0", null),
            Event("sensor0", [1, 2, 3]),
            Event(null!, new StepHeader(42, 9).ToBytes()),
            Step("sensor0", -1),
            Step("sensor0", long.MaxValue),
            Step("sensor0", 2));

        Assert.Equal([4, 0, 0, 0, 0, 0, 0, 0], await FindAsync(topic));
    }

    [Fact]
    public async Task The_sensors_of_another_shard_are_skipped()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor0", 9), Step("sensor1", 5), Step("sensor3", 6));

        Assert.Equal([6, 7, 0, 0], await FindAsync(topic, shard: new Shard(2, 2)));
    }

    [Fact]
    public async Task Of_a_long_topic_only_the_end_is_read()
    {
        const int Steps = 5000;
        using var topic = await TopicAsync();
        topic.Write(0, Enumerable.Range(0, 4 * Steps).Select(i => Step($"sensor{i % 4}", i / 4)));
        topic.Write(1, Enumerable.Range(0, 4 * Steps).Select(i => Step($"sensor{4 + (i % 4)}", i / 4)));

        Assert.All(await FindAsync(topic), next => Assert.Equal(Steps, next));
        Assert.Equal(2000, _eventsRead);
    }

    [Fact]
    public async Task Behind_many_events_of_others_the_windows_grow_until_each_sensor_is_found()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Enumerable.Range(0, 20_000).Select(i => Step($"sensor{i % 4}", i / 4)));
        topic.Write(0, Enumerable.Range(0, 3000).Select(_ => Event("other", null)));
        topic.Write(1, Enumerable.Range(0, 4).Select(i => Step($"sensor{4 + i}", 0)));

        Assert.Equal([5000, 5000, 5000, 5000, 1, 1, 1, 1], await FindAsync(topic));
        Assert.Equal(1000 + 4000 + 4, _eventsRead);
    }

    [Fact]
    public async Task Where_partitions_were_added_the_latest_step_of_all_partitions_counts()
    {
        using var topic = await TopicAsync(partitions: 3);
        int New(string sensor) => KeyPartitioner.PartitionOf(Encoding.UTF8.GetBytes(sensor), 3);
        int Old(string sensor) => KeyPartitioner.PartitionOf(Encoding.UTF8.GetBytes(sensor), 2);
        var moved = Enumerable.Range(0, 8).Select(i => $"sensor{i}").Where(s => Old(s) != New(s)).ToList();
        var (both, onlyOld) = (moved[0], moved.First(s => s != moved[0] && New(s) == New(moved[0])));

        // In the old partition of the first its events are at the end, in the new one they are far back.
        topic.Write(New(both), Step(both, 10), Step(both, 11), Step(both, 12));
        topic.Write(New(both), Enumerable.Range(0, 3000).Select(_ => Event("other", null)));
        topic.Write(Old(both), Step(both, 8), Step(both, 9));
        topic.Write(Old(onlyOld), Step(onlyOld, 20));
        topic.Write(Old(onlyOld), Enumerable.Range(0, 3000).Select(_ => Event("other", null)));

        var expected = new long[8];
        expected[int.Parse(both[6..], null)] = 13;
        expected[int.Parse(onlyOld[6..], null)] = 21;
        Assert.Equal(expected, await FindAsync(topic));
    }

    [Fact]
    public async Task Old_events_that_are_deleted_are_not_missed()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor0", 0));
        topic.Write(0, Enumerable.Range(0, 7).Select(_ => Event("other", null, size: 900_000)));
        topic.Write(0, Step("sensor1", 5));

        Assert.InRange(topic.Marks(0).Low, 1, 7);
        Assert.Equal([3, 6, 3, 3, 3, 3, 3, 3], await FindAsync(topic, firstStep: 3));
    }

    [Fact]
    public async Task A_project_that_may_use_no_group_can_resume()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor0", 0));
        ((MockKafka)_user.Sandbox.Kafka).PushRequestErrors(FindCoordinator, [.. Enumerable.Repeat(GroupAuthorizationFailed, 20)]);

        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], await FindAsync(topic));
    }

    [Fact]
    public async Task What_a_killed_producer_had_in_flight_is_waited_for()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor0", 0));
        var arriving = WriteForAWhile(topic, 0, step => step < 20 ? Step("sensor0", step) : null);

        var next = await FindAsync(topic, quietPeriod: s_longQuietPeriod);
        await arriving;

        Assert.Equal(20, next[0]);
    }

    [Fact]
    public async Task A_producer_that_is_still_at_work_is_reported_with_its_sensors_and_partitions()
    {
        using var topic = await TopicAsync();
        using var end = new CancellationTokenSource();
        var arriving = WriteForAWhile(topic, 1, step => end.IsCancellationRequested ? null : Step($"sensor{4 + (step % 4)}", step));

        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => FindAsync(topic, quietPeriod: s_longQuietPeriod, timeout: TimeSpan.FromSeconds(3)));
        await end.CancelAsync();
        await arriving;

        Assert.Equal(
            $"Events of sensor4, sensor5, sensor6 and 1 more still arrive in {topic.Config.Kafka.Topic} [1] after 3 s: another producer sends them.",
            refused.Message);
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public async Task Producers_of_other_sensors_may_continue_meanwhile()
    {
        using var topic = await TopicAsync();
        topic.Write(0, Step("sensor1", 30));
        using var end = new CancellationTokenSource();
        var arriving = WriteForAWhile(topic, 0, step => end.IsCancellationRequested ? null : Step("sensor0", step));

        var next = await FindAsync(topic, shard: new Shard(2, 2));
        await end.CancelAsync();
        await arriving;

        Assert.Equal([31, 0, 0, 0], next);
    }

    [Fact]
    public async Task It_can_be_stopped_while_it_waits()
    {
        using var topic = await TopicAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FindAsync(topic, stop: stop.Token));
    }

    [Fact]
    public void Keys_go_to_the_partitions_of_the_golden_file()
    {
        using var golden = System.Text.Json.JsonDocument.Parse(Golden.Read("partitions.json"));

        Assert.All(golden.RootElement.EnumerateArray(), row => Assert.Equal(
            row.GetProperty("partition").GetInt32(),
            KeyPartitioner.PartitionOf(Encoding.UTF8.GetBytes(row.GetProperty("key").GetString()!), row.GetProperty("partitions").GetInt32())));
    }

    private async Task<TestTopic> TopicAsync(int partitions = 2) => new(_user, await _user.NewTopicAsync(partitions));

    private async Task<IReadOnlyList<long>> FindAsync(
        TestTopic topic, int? sensors = null, long firstStep = 0, Shard? shard = null, TimeSpan? quietPeriod = null, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var request = Requests.Of(sensors, firstStep) with { Resume = true, Shard = shard };
        using var finder = new ResumeFinder(topic.Config, topic.Certificates, request) { QuietPeriod = quietPeriod ?? s_quietPeriod, Timeout = timeout ?? TimeSpan.FromMinutes(1) };
        var found = await finder.FindAsync(SensorState.For(request, topic.Config.Sensors), stop);
        _eventsRead = finder.EventsRead;
        return [.. found.Select(sensor => sensor.FirstStep)];
    }

    // An event every twentieth of a second, as long as there is a next one.
    private static Task WriteForAWhile(TestTopic topic, int partition, Func<int, Confluent.Kafka.Message<string, byte[]>?> next)
    {
        topic.Write(partition, next(0)!);
        return Task.Run(async () =>
        {
            for (var step = 1; next(step) is { } message; step++)
            {
                topic.Write(partition, message);
                await Task.Delay(50);
            }
        });
    }
}
