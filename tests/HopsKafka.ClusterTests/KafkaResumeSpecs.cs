using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-producer that is killed or stopped under load, and goes on, on a real Apache Kafka.</summary>
public sealed class KafkaResumeSpecs(KafkaFixture kafka) : SharedToolSpecs(kafka.User)
{
    // Each makes one moment to kill at.
    private static readonly int[] s_seeds = [.. Enumerable.Range(1, 20)];

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_producer_that_is_killed_twenty_times_and_resumed_each_time_leaves_every_series_complete()
    {
        var topic = await User.NewTopicAsync();
        using var testTopic = new TestTopic(User, topic);
        var logs = new List<string>();
        foreach (var seed in s_seeds)
        {
            logs.Add(await KillAsync(topic, new Random(seed)));
        }

        // What the last one sent may still arrive: this run waits for it, and sends nothing.
        await ProduceAsync(topic, "--resume", "-e", "1", "-d", "0", "--quiet");
        var end = 50 + testTopic.ReadAll(2).Max(StepOf) + 1;
        var last = await ProduceAsync(topic, "--resume", "-e", $"{end}", "-d", "0", "--quiet");
        var verify = await VerifyAsync(topic);

        // Otherwise the kills hit nothing.
        Assert.Contains(logs, log => Regex.IsMatch(log, @"Resuming: 8 sensors found, steps \d+ to \d+ were the last delivered\."));
        Assert.Equal($"To continue execution start from event {end}\n", last.Output);
        AssertWhole(testTopic.ReadAll(2), end);
        Assert.True(verify.ExitCode == 0, $"{verify}");
        Assert.EndsWith($"{8 * end} events of 8 series: nothing missing, all in order.\n", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_producer_that_is_stopped_under_load_delivers_what_it_sent_and_a_run_from_its_step_on_leaves_nothing_missing()
    {
        var topic = await User.NewTopicAsync();
        using var testTopic = new TestTopic(User, topic);
        await using var producer = User.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0", "--quiet");
        await testTopic.WaitForEventsAsync(2, 4000);

        producer.Signal(ToolProcess.Sigterm);
        var stopped = await producer.WaitForExitAsync();

        Assert.True(stopped.ExitCode == 0, $"{stopped}");
        Assert.Matches(@"\nDelivered \d+ \(.*\), failed 0, in ", stopped.Error);
        var next = long.Parse(Regex.Match(stopped.Output, @"^To continue execution start from event (\d+)\n$").Groups[1].Value, null);
        await ProduceAsync(topic, "-t", $"{next}", "-e", "10", "-d", "0", "--quiet");
        var verify = await VerifyAsync(topic, "-o", "json");
        Assert.True(verify.ExitCode == 0, $"{verify}");
        var sensors = JsonSerializer.Deserialize<JsonElement>(verify.Output).GetProperty("sensors").EnumerateArray().ToList();
        Assert.Equal(Sensors, sensors.Count);
        Assert.All(sensors, s => Assert.Equal(
            (0, next + 9, next + 10), (s.GetProperty("first_step").GetInt64(), s.GetProperty("last_step").GetInt64(), s.GetProperty("events").GetInt64())));
    }

    [Fact]
    public async Task Deleted_events_an_open_transaction_and_added_partitions_do_not_mislead_a_resumed_run()
    {
        var topic = await User.NewTopicAsync();
        using var testTopic = new TestTopic(User, topic);
        using var admin = testTopic.Admin();
        await ProduceAsync(topic, "-e", "100", "-d", "0", "--quiet");

        // Of sensors 4 to 7 nothing is left; of the others the last ten steps.
        await admin.DeleteRecordsAsync([new(topic, 0, 360), new(topic, 1, 400)]);
        var deleted = await ResumeAsync(topic, "-t", "100", "-e", "10");

        // What follows an event whose transaction is open is hidden from who reads committed events only.
        using var open = testTopic.Transaction($"{topic}-open");
        open.InitTransactions(TimeSpan.FromSeconds(30));
        open.BeginTransaction();
        await open.ProduceAsync(new TopicPartition(topic, 0), TestTopic.Event("other", null));
        var hidden = await ResumeAsync(topic, "-t", "100", "-e", "20");
        var again = await ResumeAsync(topic, "-t", "100", "-e", "20");
        open.AbortTransaction();

        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = 5 }]);
        var moved = await ResumeAsync(topic, "-t", "100", "-e", "30");
        var back = await ResumeAsync(topic, "-t", "100", "-e", "40");

        Assert.Contains("Resuming: 4 sensors found, step 99 was the last delivered; 4 not found, starting at step 100.\n", deleted, StringComparison.Ordinal);
        Assert.Contains("Resuming: 8 sensors found, step 109 was the last delivered.\n", hidden, StringComparison.Ordinal);
        Assert.Contains("All events are already sent: the next step of every sensor is 120 or later.\n", again, StringComparison.Ordinal);
        Assert.Contains("Resuming: 8 sensors found, step 119 was the last delivered.\n", moved, StringComparison.Ordinal);
        Assert.Contains("Resuming: 8 sensors found, step 129 was the last delivered.\n", back, StringComparison.Ordinal);
        var series = testTopic.ReadAll(5).Where(e => e.Message.Key != "other").ToLookup(e => e.Message.Key, StepOf);
        Assert.All(SensorShape.Tutorial, s => Assert.Equal(
            Enumerable.Range(100, 40).Select(step => (long)step), series[s.Id].Where(step => step >= 100).Order()));
    }

    private async Task<string> KillAsync(string topic, Random random)
    {
        await using var producer = User.StartProcess("avro-producer", topic, "--resume", "-e", "-1", "-d", random.Next(2) == 0 ? "0" : "0.001");
        if (random.Next(8) == 0)
        {
            await producer.WaitForLogAsync("Searching topic");
        }
        else
        {
            await producer.WaitForLogAsync("Press Ctrl-c");
            await producer.ReadLinesAsync(random.Next(800));
        }

        // Not to wait for something: the moment is to be a random one, also between two pieces of output.
        await Task.Delay(random.Next(20));
        producer.Signal(ToolProcess.Sigkill);
        return (await producer.WaitForExitAsync()).Error;
    }

    // Idempotence, and the wait until nothing arrives any more, leave no room even for repeats: once each and in order.
    private static void AssertWhole(IReadOnlyList<ConsumeResult<string, byte[]>> events, long end)
    {
        var series = events.ToLookup(e => e.Message.Key);
        Assert.Equal(SensorShape.Tutorial.Select(s => s.Id), series.Select(s => s.Key).Order());
        foreach (var shape in SensorShape.Tutorial)
        {
            var values = new SensorSeries(shape);
            Assert.Single(series[shape.Id].Select(e => e.Partition).Distinct());
            Assert.Equal(Enumerable.Range(0, (int)end).Select(step => (long)step), series[shape.Id].Select(StepOf));
            Assert.All(series[shape.Id], e => Assert.Equal(
                values.ValueAt(StepOf(e)), BinaryPrimitives.ReadDoubleLittleEndian(e.Message.Value.AsSpan()[^sizeof(double)..])));
        }
    }

    private static long StepOf(ConsumeResult<string, byte[]> e)
    {
        Assert.True(StepHeader.TryFind(e.Message.Headers, out var header));
        Assert.Equal(SensorSeries.DefaultSeed, header.Seed);
        return header.Step;
    }

    private async Task<string> ResumeAsync(string topic, params string[] arguments)
    {
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__CONSUMER__ISOLATION_LEVEL", "read_committed"));
        var result = await User.RunAsync("avro-producer", environment, ["--resume", "-d", "0", "--quiet", .. arguments]);
        Assert.True(result.ExitCode == 0, $"{result}");
        return result.Error;
    }

    private Task<ToolResult> VerifyAsync(string topic, params string[] more) => User.RunAsync(
        "avro-consumer", topic, ["--verify", "--from", "beginning", "--exit-at-end", "--partition", "0,1", .. more]);
}
