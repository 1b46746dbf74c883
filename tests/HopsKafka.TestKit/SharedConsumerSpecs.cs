using System.Text.RegularExpressions;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>The behaviour of avro-consumer, on the embedded Kafka and on a real one.</summary>
public abstract class SharedConsumerSpecs(SandboxUser user) : SharedToolSpecs(user)
{
    [Fact]
    public async Task The_consumer_prints_three_lines_an_event_with_utc_timestamps()
    {
        var topic = await User.NewTopicAsync();
        var before = DateTime.UtcNow;
        await ProduceAsync(topic, "-e", "1", "-d", "0");

        var result = await ConsumeAsync(topic, "lines");

        var events = Regex.Matches(
            result.Output, @"^Event record (sensor\d): id: \1\n\ttimestamp: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n\tvalue: -?\d+\.\d+\n", RegexOptions.Multiline);
        Assert.Equal(Sensors, events.Count);
        Assert.Equal(result.Output.Length, events.Sum(e => e.Length));
        Assert.All(events, e => Assert.InRange(
            DateTime.Parse(e.Groups[2].Value, null, System.Globalization.DateTimeStyles.RoundtripKind), before.AddMilliseconds(-1), DateTime.UtcNow));
    }

    [Fact]
    public async Task A_restarted_consumer_continues_where_its_group_stopped_and_prints_no_event_twice()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "40", "-d", "0");
        await using var consumer = User.Start("avro-consumer", topic, "-g", "stops", "-n", "200");
        var first = await consumer.WaitForExitAsync();
        await using var again = User.Start("avro-consumer", topic, "-g", "stops");
        await again.ReadLinesAsync(3 * 20);

        again.Interrupt();
        var second = await again.WaitForExitAsync();
        var third = await ConsumeAsync(topic, "stops");

        Assert.Equal(0, first.ExitCode);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(200, Readings.Of(first).Count);
        Readings.AssertComplete([.. Readings.Of(first), .. Readings.Of(second), .. Readings.Of(third)], 40);
    }

    [Fact]
    public async Task A_closed_stdout_ends_the_consumer_with_exit_code_0_and_only_printed_events_are_committed()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "2000", "-d", "0", "--quiet");
        await using var consumer = User.StartProcess("avro-consumer", topic, "-g", "head");
        await consumer.ReadLinesAsync(30);

        consumer.CloseOutput();
        var ended = await consumer.WaitForExitAsync();
        var rest = Readings.Of(await ConsumeAsync(topic, "head"));

        Assert.Equal(0, ended.ExitCode);
        var printed = long.Parse(Regex.Match(ended.Error, @"Consumed (\d+)").Groups[1].Value, null);
        Assert.InRange(printed, 10, (2000 * Sensors) - 1);
        Assert.Equal((2000 * Sensors) - printed, rest.Count);
    }

    [Fact]
    public async Task A_closed_stdout_is_detected_although_no_more_events_arrive()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0");
        await using var consumer = User.StartProcess("avro-consumer", topic, "-g", "idle");
        await consumer.ReadLinesAsync(5 * Sensors, "value: ");

        consumer.CloseOutput();
        var ended = await consumer.WaitForExitAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("Consumed 40", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_reader_of_stdout_loses_no_event_when_the_group_is_rebalanced_meanwhile()
    {
        const int Steps = 600;
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", $"{Steps}", "-d", "0", "--quiet");
        await using var slow = User.StartProcess("avro-consumer", topic, "-g", "slow", "--exit-at-end");
        await slow.ReadLinesAsync(3);
        await using var second = User.Start("avro-consumer", topic, "-g", "slow", "--exit-at-end");
        await second.WaitForLogAsync("now has");

        var results = await Task.WhenAll(slow.WaitForExitAsync(), second.WaitForExitAsync());

        Assert.All(results, r => Assert.Equal(0, r.ExitCode));
        Readings.AssertNothingMissing(results.SelectMany(Readings.Of), Steps);
    }

    [Fact]
    public async Task Exit_at_end_ends_at_the_end_offsets_of_the_start()
    {
        var topic = await User.NewTopicAsync(partitions: 3);
        await ProduceAsync(topic, "-e", "10", "-d", "0", "-s", "1");
        await using var consumer = User.Start("avro-consumer", topic, "-g", "end", "--exit-at-end");
        await consumer.WaitForLogAsync("Consuming topic");

        // More events while it reads: they must neither be printed nor keep it from ending.
        await using var producer = User.Start("avro-producer", topic, "-e", "-1", "-t", "10", "-d", "0.001", "-s", "1", "--quiet");
        var result = await consumer.WaitForExitAsync();
        producer.Interrupt();
        await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Enumerable.Range(0, 10).Select(step => new Reading("sensor0", step)), Readings.Of(result));
    }

    [Fact]
    public async Task Exit_at_end_of_an_empty_topic_ends_at_once()
    {
        var topic = await User.NewTopicAsync();

        var result = await ConsumeAsync(topic, "nothing");

        Assert.Equal("", result.Output);
        Assert.Contains("Consumed 0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_member_takes_over_a_partition_and_no_event_is_printed_twice()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "10", "-d", "0");
        await using var one = User.Start("avro-consumer", topic, "-g", "two");
        await one.ReadLinesAsync(3 * 10 * Sensors);
        await using var two = User.Start("avro-consumer", topic, "-g", "two");
        await two.WaitForLogAsync("now has");

        await ProduceAsync(topic, "-e", "20", "-t", "10", "-d", "0");
        await Task.WhenAll(one.ReadLinesAsync(3 * 20 * Sensors), two.ReadLinesAsync(3 * 20 * Sensors / 2));
        one.Interrupt();
        two.Interrupt();
        var results = await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());

        Assert.All(results, r => Assert.Equal(0, r.ExitCode));
        Assert.Equal(8 * 10, Readings.Of(results[0]).Count - Readings.Of(results[1]).Count);
        Readings.AssertComplete(results.SelectMany(Readings.Of), 30);
        Assert.Matches(
            $@"now has {topic} \[0\], \[1\]\.\n(.*\n)*Group two: this consumer released {topic} \[[01]\] and keeps \[[01]\]\.\n", results[0].Error);
        Assert.All(results, r => Assert.Single(Regex.Matches(r.Error, "this consumer now has")));
    }

    [Fact]
    public async Task A_member_without_a_partition_logs_that_it_waits_and_ends_when_the_group_is_done_or_idle()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "-e", "10", "-d", "0", "-s", "1");
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__CONSUMER__AUTO_COMMIT_INTERVAL_MS", "200"));
        await using var one = User.Start("avro-consumer", environment, "-g", "spare");
        await one.ReadLinesAsync(3 * 10);

        await using var two = User.Start("avro-consumer", environment, "-g", "spare", "--exit-at-end");
        await using var three = User.Start("avro-consumer", environment, "-g", "spare", "--idle-exit", "1");
        var spare = await Task.WhenAll(two.WaitForExitAsync(), three.WaitForExitAsync());
        one.Interrupt();
        var first = await one.WaitForExitAsync();

        Assert.Equal(0, first.ExitCode);
        Assert.All(spare, r => Assert.Equal((0, ""), (r.ExitCode, r.Output)));
        Assert.All(spare, r => Assert.Contains($"Group spare: this consumer has no partition of {topic}; it waits.", r.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, Traits = ["Category", "Slow"])]
    [InlineData(500)]
    [InlineData(1500, Traits = ["Category", "Slow"])]
    public async Task A_killed_consumer_and_the_next_one_together_print_every_event(int lines)
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "200", "-d", "0", "--quiet");
        await using var killed = User.StartProcess("avro-consumer", topic, "-g", "killed", "-o", "json");
        await killed.ReadLinesAsync(lines);

        killed.Signal(ToolProcess.Sigkill);
        var first = await killed.WaitForExitAsync();

        // Not --exit-at-end: until the session of the killed one is over, it may hold a partition.
        await using var next = User.Start("avro-consumer", topic, "-g", "killed", "-o", "json");
        next.DrainOutput();
        await next.WaitForLogAsync("now has");
        var before = JsonEvents.PlacesOfKilled(first);
        await Poll.UntilAsync(
            "the rest",
            () => before.Concat(JsonEvents.Places(first with { Output = string.Join('\n', next.Output) })).Distinct().Count() == 1600,
            next.ToString);
        next.Interrupt();
        var second = await next.WaitForExitAsync();

        Assert.True(second.ExitCode == 0, $"{second}");
        var union = before.Concat(JsonEvents.Places(second)).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, 2).SelectMany(p => Enumerable.Range(0, 800).Select(o => (p, (long)o))), union);
    }

    [Fact]
    public async Task In_a_group_exit_at_end_ends_each_member_and_nothing_is_missing()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "50", "-d", "0", "--quiet");

        await using var one = User.Start("avro-consumer", topic, "-g", "both", "--exit-at-end");
        await using var two = User.Start("avro-consumer", topic, "-g", "both", "--exit-at-end");
        var results = await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());

        Assert.All(results, r => Assert.Equal(0, r.ExitCode));
        Readings.AssertNothingMissing(results.SelectMany(Readings.Of), 50);
    }

    [Fact]
    public async Task Consumers_started_by_the_same_command_draw_two_pictures()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "30", "-d", "0", "--quiet");
        var picture = Path.Combine(User.Folder, $"{topic}.png");
        await using var one = User.Start("avro-consumer", topic, "-g", "draw", "--plot", picture);
        await one.ReadLinesAsync(3 * 30 * Sensors);

        await using var two = User.Start("avro-consumer", topic, "-g", "draw-too", "--plot", picture);
        await two.ReadLinesAsync(3 * 30 * Sensors);
        one.Interrupt();
        two.Interrupt();
        var results = await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());

        Assert.All(results, r => Assert.Equal(0, r.ExitCode));
        Assert.Contains($"Another process draws {picture}, so this one draws {Path.Combine(User.Folder, topic)}-2.png.", results[1].Error, StringComparison.Ordinal);
        PictureCheck.AssertShows(picture, $"{topic} · group draw", SensorShape.Tutorial, 30);
        PictureCheck.AssertShows(Path.Combine(User.Folder, $"{topic}-2.png"), $"{topic} · group draw-too", SensorShape.Tutorial, 30);
    }
}
