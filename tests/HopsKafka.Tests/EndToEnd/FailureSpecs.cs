using System.Diagnostics;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>What producer and consumer do when Kafka or the registry fails.</summary>
public sealed class FailureSpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_wrong_key_password_is_reported_before_connecting()
    {
        var topic = await _user.NewTopicAsync();

        var result = await _user.RunAsync("avro-producer", SandboxUser.Of(topic, ("HOPSKAFKA_PROJECT__KEY_PASSWORD", "hunter2")), "-e", "1");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("The password of the private key in", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_cannot_be_decoded_stops_the_consumer_and_is_not_committed()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        await _user.RunAsync("avro-producer", topic, "-e", "2", "-d", "0", "--quiet");
        await KafkaReader.WriteAsync(_user.Sandbox, topic, "x", "no avro");

        var first = await _user.RunAsync("avro-consumer", topic, "-g", "poison");
        var second = await _user.RunAsync("avro-consumer", topic, "-g", "poison");

        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        Assert.Equal(16, Readings.Of(first).Count);
        Assert.Equal("", second.Output);
        Assert.Matches(@"\n +0 +0 +15 +16 +16 +1\n", first.Error);
        Assert.Matches(@"\n +0 +- +- +0 +16 +1\n", second.Error);
        Assert.Contains($"The event at {topic} [0] offset 16 cannot be decoded", first.Error, StringComparison.Ordinal);
        Assert.Contains($"The event at {topic} [0] offset 16 cannot be decoded", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Events_that_are_never_acknowledged_fail_the_run_and_the_resume_step_loses_nothing()
    {
        await using var user = await SandboxUser.StartAsync();
        var topic = await user.NewTopicAsync();
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__PRODUCER__DELIVERY_TIMEOUT_MS", "3000"));
        await using var producer = user.Start("avro-producer", environment, "-e", "-1", "-d", "0.01");
        await producer.ReadLinesAsync(200);

        ((MockKafka)user.Sandbox.Kafka).SetBrokerDown(1);
        var failed = await producer.WaitForExitAsync();
        ((MockKafka)user.Sandbox.Kafka).SetBrokerUp(1);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("could not be produced: no acknowledgement arrived within delivery.timeout.ms.", failed.Error, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(failed.Error, "could not be produced"));
        Assert.Single(Regex.Matches(failed.Error, "Lost the connection"));
        Assert.Matches(@"failed [1-9]\d*, in", failed.Error);
        var resume = int.Parse(Regex.Match(failed.Output, @"start from event (\d+)\n$").Groups[1].Value, null);
        await user.RunAsync("avro-producer", topic, "-t", $"{resume}", "-e", "200", "-d", "0", "-q");
        var consumed = await user.RunAsync("avro-consumer", topic, "--exit-at-end");
        // Also what the broker took but could no longer acknowledge lies below.
        Readings.AssertNothingMissing(Readings.Of(consumed), resume + 200);
    }

    [Fact]
    public async Task The_first_permanent_failure_ends_the_run_at_once_however_long_the_delay()
    {
        const int MessageTooLarge = 10;
        await using var user = await SandboxUser.StartAsync();
        var topic = await user.NewTopicAsync(partitions: 1);
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(0, MessageTooLarge);

        var result = await user.RunAsync("avro-producer", topic, "-e", "3", "-d", "3600");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("could not be produced: the event, or the batch that it was sent in, is larger than max.message.bytes", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("To continue execution start from event 0\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avro-producer", "-e 5 -d 0 -q")]
    [InlineData("avro-consumer", "--exit-at-end -g full -q")]
    public async Task A_full_disk_behind_stderr_does_not_end_a_run_whose_data_is_sound(string tool, string arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This machine has no /dev/full.");
        var topic = await _user.NewTopicAsync();

        var result = ExternalProgram.TryRun(
            "/bin/sh", _user.Folder, "-c", $"HOPSKAFKA_KAFKA__TOPIC={topic} '{ToolFolder.PathOf(tool)}' {arguments} 2> /dev/full");

        Assert.Equal(0, result!.ExitCode);
    }

    [Fact]
    public async Task A_lost_connection_is_one_line_when_it_goes_and_one_when_it_is_back()
    {
        await using var user = await SandboxUser.StartAsync();
        var topic = await user.NewTopicAsync();
        await using var producer = user.Start("avro-producer", topic, "-e", "-1", "-d", "0.01");
        await producer.ReadLinesAsync(50);
        producer.DrainOutput();

        ((MockKafka)user.Sandbox.Kafka).SetBrokerDown(1);
        await producer.WaitForLogAsync("Lost the connection to localhost:");
        ((MockKafka)user.Sandbox.Kafka).SetBrokerUp(1);
        await producer.WaitForLogAsync("Reconnected.");
        producer.Interrupt();
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Single(Regex.Matches(result.Error, "Lost the connection"));
        Assert.Contains("failed 0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_consumer_that_printed_what_no_broker_let_it_commit_ends_with_exit_code_1_although_it_lost_its_partitions_before()
    {
        // With KIP-848 a member gives nothing up by itself.
        await using var user = await SandboxUser.StartAsync(options => options with { GroupProtocol = GroupProtocol.Classic });
        var topic = await user.NewTopicAsync();
        await using var producer = user.Start("avro-producer", topic, "-e", "-1", "-d", "0.01", "-q");
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__CONSUMER__SESSION_TIMEOUT_MS", "6000"));
        await using var consumer = user.Start("avro-consumer", environment, "-g", "lonely", "-o", "json");
        await consumer.ReadLinesAsync(1000);
        consumer.DrainOutput();

        ((MockKafka)user.Sandbox.Kafka).SetBrokerDown(1);
        await consumer.WaitForLogAsync("this consumer lost");
        await consumer.WaitForLogAsync("A commit failed (no broker accepted it)");
        consumer.Interrupt();
        var result = await consumer.WaitForExitAsync();

        Assert.True(result.ExitCode == 1, result.Error);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_reader_of_stdout_that_pauses_is_not_taken_for_missing_acknowledgements()
    {
        var topic = await _user.NewTopicAsync();
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "1000", "-d", "0.01");
        await producer.ReadLinesAsync(50);

        var clock = Stopwatch.StartNew();
        await Poll.UntilAsync("more than the second after which the pipe is full and the 5 after which they would be missed", () => clock.Elapsed > TimeSpan.FromSeconds(8.5));
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("failed 0", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("acknowledgement", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_second_ctrl_c_quits_at_once()
    {
        await using var user = await SandboxUser.StartAsync();
        var topic = await user.NewTopicAsync();
        await using var producer = user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.01");
        await producer.ReadLinesAsync(50);
        ((MockKafka)user.Sandbox.Kafka).SetBrokerDown(1);
        await producer.WaitForLogAsync("Lost the connection");
        producer.Signal(ToolProcess.Sigint);
        await producer.WaitForLogAsync("Flushing records...");
        var clock = Stopwatch.StartNew();
        await Poll.UntilAsync("a moment after which a signal is a second one", () => clock.ElapsedMilliseconds > 300);

        producer.Signal(ToolProcess.Sigint);
        var result = await producer.WaitForExitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Stopped at once", result.Error, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"it took {clock.Elapsed}; the flush alone would take 30 s");
    }

    [Fact]
    public async Task Two_signals_that_come_together_stop_it_as_one()
    {
        var topic = await _user.NewTopicAsync();
        await using var producer = _user.StartProcess("avro-producer", topic, "-e", "-1", "-d", "0.01");
        await producer.ReadLinesAsync(20);

        // As timeout(1) and a closing terminal do; two of one kind might reach the process as one.
        producer.Signal(ToolProcess.Sigterm);
        producer.Signal(ToolProcess.Sighup);
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("failed 0", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Stopped at once", result.Error, StringComparison.Ordinal);
    }
}
