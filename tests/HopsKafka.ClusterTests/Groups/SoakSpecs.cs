using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>avro-producer and avro-consumer at full speed for half a minute, or SOAK_MINUTES.</summary>
[Trait("Category", "Slow")]
public sealed class SoakSpecs(KafkaFixture kafka)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly SandboxUser _user = kafka.User;

    // A name with the tools' prefix would be a setting that they do not know.
    private static TimeSpan Duration => Environment.GetEnvironmentVariable("SOAK_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : TimeSpan.FromSeconds(30);

    [Fact]
    public async Task At_full_speed_memory_handles_and_threads_do_not_grow_and_every_step_arrives()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks at processes through /proc.");
        var topic = await _user.NewTopicAsync();
        await ((RealKafka)_user.Sandbox.Kafka).ConfigureTopicAsync(topic, new Dictionary<string, string>
        {
            ["retention.bytes"] = "200000000", ["segment.bytes"] = "20000000", ["file.delete.delay.ms"] = "1000",
        });
        await using var consumer = _user.StartProcess("avro-consumer", topic, "-g", "soak", "-q", "--verify");
        await consumer.WaitForLogAsync("this consumer now has");
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0", "-q");
        ProcessSamples[] samples = [new("avro-producer", producer.Id), new("avro-consumer", consumer.Id)];

        using var committed = new CommittedOffsets(_user, topic, "soak", 2);
        await Poll.UntilAsync("full speed", () => committed.Read().Sum() > 100_000, () => producer.Error);
        using var timer = new PeriodicTimer(s_pause);
        for (var left = Duration; left > TimeSpan.Zero; left -= s_pause)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Array.ForEach(samples, s => s.Sample());
        }

        producer.Signal(ToolProcess.Sigint);
        var produced = await producer.WaitForExitAsync();
        var sent = long.Parse(Regex.Match(produced.Error, @"Delivered (\d+)").Groups[1].Value, null);
        await Poll.UntilAsync("the last events", () => committed.Read().Sum() == sent, () => $"{committed.Read().Sum()} of {sent} came.");
        consumer.Signal(ToolProcess.Sigint);
        var consumed = await consumer.WaitForExitAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{sent} events in {Duration}.\n{string.Join('\n', samples.AsEnumerable())}");
        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Assert.InRange(sent, 100_000, long.MaxValue);
        Assert.EndsWith($"{sent} events of 8 series: nothing missing, all in order.\n", consumed.Output, StringComparison.Ordinal);
        Assert.All(samples, s => s.AssertFlat(megabytes: 25, handles: 4, threads: 4));
    }
}
