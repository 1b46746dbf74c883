using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HopsKafka.TestKit;

/// <summary>The behaviour of avro-producer, on the embedded Kafka and on a real one.</summary>
public abstract class SharedProducerSpecs(SandboxUser user) : SharedToolSpecs(user)
{
    [Fact]
    public async Task A_resumed_run_continues_the_series_of_a_single_run()
    {
        var topic = await User.NewTopicAsync();

        var first = await ProduceAsync(topic, "-e", "5", "-d", "0.01");
        var second = await ProduceAsync(topic, "-e", "5", "-d", "0.01", "-t", "5");
        var consumed = await ConsumeAsync(topic, "all");

        Assert.EndsWith("To continue execution start from event 5\n", first.Output, StringComparison.Ordinal);
        Assert.EndsWith("To continue execution start from event 10\n", second.Output, StringComparison.Ordinal);
        Readings.AssertComplete(Readings.Of(consumed), 10);
    }

    [Fact]
    public async Task The_producer_prints_a_line_per_event_and_logs_to_stderr()
    {
        var topic = await User.NewTopicAsync();

        var result = await ProduceAsync(topic, "-e", "2", "-d", "0");

        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((2 * Sensors) + 1, lines.Length);
        Assert.All(lines[..^1], line => Assert.Matches(
            $@"^Sensor Event sensor[0-7] successfully produced to {topic} \[[01]\] at offset [0-7]$", line));
        Assert.StartsWith(
            $"Producing sensor events to topic {topic}.\nPress Ctrl-c to exit.\nFlushing records...\n", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nDelivered 16 \(partition 0: 8, partition 1: 8\), failed 0, in \d+\.\d s\.\n$", result.Error);
    }

    [Fact]
    public async Task A_rate_spreads_the_events_evenly_and_each_has_its_own_timestamp()
    {
        var topic = await User.NewTopicAsync();

        var result = await ProduceAsync(topic, "-e", "10", "--rate", "40");

        // The last of 80 events is due after 79/40 s. In rounds there would be ten times.
        Assert.InRange(double.Parse(Regex.Match(result.Error, @", in (\d+\.\d) s\.").Groups[1].Value, null), 1.9, double.MaxValue);
        var times = KafkaReader.ReadAll(User.Sandbox, topic, 10 * Sensors).Select(r => r.Message.Timestamp.UnixTimestampMs).ToList();
        Assert.InRange(times.Distinct().Count(), 11, 80);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Sensors_land_in_the_partitions_of_the_golden_file(int partitions)
    {
        var topic = await User.NewTopicAsync(partitions);

        var result = await ProduceAsync(topic, "-e", "1", "-d", "0", "-s", "12");

        var actual = Regex.Matches(result.Output, @"Sensor Event (\S+) .* \[(\d+)\]").ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, null));
        using var golden = JsonDocument.Parse(Golden.Read("partitions.json"));
        var expected = golden.RootElement.EnumerateArray().Where(row => row.GetProperty("partitions").GetInt32() == partitions)
            .ToDictionary(row => row.GetProperty("key").GetString()!, row => row.GetProperty("partition").GetInt32());
        Assert.Equal(expected.OrderBy(e => e.Key), actual.OrderBy(a => a.Key));
    }

    [Fact]
    public async Task Each_event_carries_seed_and_step_in_its_header_and_a_round_shares_its_timestamp()
    {
        var topic = await User.NewTopicAsync();

        await ProduceAsync(topic, "-e", "2", "-t", "3", "-d", "0.05", "--seed", "-7");
        await ProduceAsync(topic, "-e", "1", "-d", "0", "--no-header");

        var raw = KafkaReader.ReadAll(User.Sandbox, topic, 3 * Sensors);
        var withHeader = raw.Where(r => r.Message.Headers.Count > 0).ToList();
        Assert.Equal(2 * Sensors, withHeader.Count);
        foreach (var result in withHeader)
        {
            var header = Assert.Single(result.Message.Headers);
            Assert.Equal("hops-step", header.Key);
            Assert.Equal(16, header.GetValueBytes().Length);
            Assert.Equal(-7, BinaryPrimitives.ReadInt64BigEndian(header.GetValueBytes()));
            Assert.InRange(BinaryPrimitives.ReadInt64BigEndian(header.GetValueBytes().AsSpan(8)), 3, 4);
        }

        Assert.Equal(3, raw.Select(r => r.Message.Timestamp.UnixTimestampMs).Distinct().Count());
        Assert.Equal(Sensors, raw.Select(r => System.Text.Encoding.UTF8.GetString(r.Message.Key)).Distinct().Count());
    }

    [Theory]
    [InlineData(ToolProcess.Sigint)]
    [InlineData(ToolProcess.Sigterm)]
    public async Task A_stopped_producer_delivers_what_it_sent_and_names_the_step_to_resume_from(int signal)
    {
        var topic = await User.NewTopicAsync();
        await using var producer = User.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.005");
        await producer.ReadLinesAsync(100);

        producer.Signal(signal);
        var stopped = await producer.WaitForExitAsync();

        Assert.Equal(0, stopped.ExitCode);
        var resume = int.Parse(Regex.Match(stopped.Output, @"To continue execution start from event (\d+)\n$").Groups[1].Value, null);
        await ProduceAsync(topic, "-t", $"{resume}", "-e", "10", "-d", "0");
        Readings.AssertComplete(Readings.Of(await ConsumeAsync(topic, "all")), resume + 10);
    }

    [Fact]
    public async Task A_full_queue_slows_the_producer_and_loses_nothing()
    {
        var topic = await User.NewTopicAsync();
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PRODUCER__QUEUE_BUFFERING_MAX_MESSAGES", "50"));

        var result = await User.RunAsync("avro-producer", environment, "-e", "500", "-d", "0", "--quiet");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("To continue execution start from event 500\n", result.Output);
        Readings.AssertComplete(Readings.Of(await ConsumeAsync(topic, "all")), 500);
    }

    [Fact]
    public async Task The_resume_step_is_reported_on_stderr_when_stdout_is_closed()
    {
        var topic = await User.NewTopicAsync();
        await using var producer = User.StartProcess("avro-producer", topic, "-e", "5", "-d", "0", "--quiet");

        producer.CloseOutput();
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"[Tt]o continue execution start from event [0-5]\n", result.Error);
    }

    [Theory]
    [InlineData("avro-producer")]
    [InlineData("avro-consumer")]
    public async Task A_topic_that_does_not_exist_is_refused_with_exit_code_1(string tool)
    {
        var result = await User.RunAsync(tool, "no-such-topic");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("Topic no-such-topic does not exist, or your project may not use it.", result.Error, StringComparison.Ordinal);
    }
}
