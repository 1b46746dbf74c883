using System.Diagnostics;
using System.Text.RegularExpressions;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>An unavailable registry is never reported as a bad message.</summary>
public sealed class RegistryOutageSpecs
{
    [Theory]
    [InlineData(500, Traits = ["Category", "Slow"])]
    [InlineData(503)]
    [InlineData(429, Traits = ["Category", "Slow"])]
    public async Task The_consumer_waits_keeps_its_place_logs_it_once_and_loses_nothing(int status)
    {
        await using var user = await SandboxUser.StartAsync();
        await user.RunAsync("avro-producer", "temperature", "-e", "3", "-d", "0", "-q");
        user.Sandbox.Server.Faults.FailNext(1000, status, """{"errorCode":120000,"errorMsg":"no"}""", "application/json");

        await using var consumer = user.Start("avro-consumer", "temperature", "--on-error", "skip", "-n", "24", "--idle-exit", "2");
        await consumer.WaitForLogAsync("Waiting for the schema registry");
        var before = user.Sandbox.Server.Faults.Pending;
        var clock = Stopwatch.StartNew();

        // Longer than --idle-exit: an outage is no lack of events.
        await WaitUntilAsync(() => user.Sandbox.Server.Faults.Pending < before - 2 && clock.Elapsed > TimeSpan.FromSeconds(2.5));
        user.Sandbox.Server.Faults.Clear();
        var result = await consumer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Readings.AssertComplete(Readings.Of(result), 3);
        Assert.Single(Regex.Matches(result.Error, "Waiting for the schema registry"));
        Assert.Single(Regex.Matches(result.Error, "The schema registry is available again."));
        Assert.Single(Regex.Matches(result.Error, "this consumer now has"));
        Assert.DoesNotContain("Skipped", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_refused_while_it_runs_ends_it_and_what_was_printed_is_all_that_is_committed()
    {
        await using var user = await SandboxUser.StartAsync();
        await user.RunAsync("avro-producer", "temperature", "-e", "3", "-d", "0", "-q");
        await using var consumer = user.Start("avro-consumer", "temperature");
        await consumer.ReadLinesAsync(24 * 3);

        user.Sandbox.Server.Faults.FailNext(1000, 401, """{"errorCode":200003,"errorMsg":"no"}""", "application/json");
        var other = user.Sandbox.State.Schemas.Register(119, "sensor", """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"id","type":"string"},{"name":"value","type":"double"},{"name":"unit","type":"string","default":"C"}]}""")!;
        byte[] value = [0, 0, 0, (byte)(other.Id >> 8), (byte)other.Id, 2, 2, (byte)'s', 0, 0, 0, 0, 0, 0, 0, 0, 2, (byte)'C'];
        await KafkaReader.WriteAsync(user.Sandbox, "temperature", new Confluent.Kafka.Message<string, byte[]> { Key = "s", Value = value });
        var ended = await consumer.WaitForExitAsync();
        user.Sandbox.Server.Faults.Clear();
        var next = await user.RunAsync("avro-consumer", "temperature", "--exit-at-end");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("401", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Event record s: id: s", next.Output, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(next.Output, "Event record"));
    }

    [Fact]
    public async Task A_schema_that_comes_soon_leaves_what_was_fetched_ahead_where_it_is()
    {
        await using var user = await SandboxUser.StartAsync();
        await user.RunAsync("avro-producer", "temperature", "-e", "3", "-d", "0", "-q");

        var result = await user.RunAsync(
            "avro-consumer", SandboxUser.Of("temperature", ("HOPSKAFKA_KAFKA__PROPERTIES__DEBUG", "topic")), "--exit-at-end", "-v");

        Assert.Contains("Library resuming", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Application pausing", result.Error, StringComparison.Ordinal);
    }

    // A condition of the other process, looked at until it holds.
    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }
}
