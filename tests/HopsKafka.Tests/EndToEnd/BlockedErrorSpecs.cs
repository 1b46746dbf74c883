using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>A stderr that nobody reads, such as that of a pager: the tools work on, and end at the first Ctrl-C.</summary>
public sealed class BlockedErrorSpecs(SharedSandbox sandbox) : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly SandboxUser _user = sandbox.User;

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task A_producer_delivers_on_and_ends_at_the_first_signal()
    {
        using var pipe = new FullPipe(_dir.File("err"));
        await using var producer = Start("avro-producer", await _user.NewTopicAsync(), pipe, "-e", "-1", "-d", "0.05", "-v");

        await producer.ReadLinesAsync(20, "successfully produced");
        producer.Interrupt();
        var result = await producer.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains("To continue execution start from event ", result.Output, StringComparison.Ordinal);
        Assert.Equal("", pipe.Read());
    }

    [Fact]
    public async Task A_consumer_takes_part_in_a_rebalance_reads_on_and_ends_at_the_first_signal()
    {
        const int events = 40;
        var topic = await _user.NewTopicAsync();
        Assert.Equal(0, (await _user.RunAsync("avro-producer", topic, "-e", "5", "-d", "0")).ExitCode);
        using var pipe = new FullPipe(_dir.File("err"));
        await using var consumer = Start("avro-consumer", topic, pipe, "-g", "blocked");
        await consumer.ReadLinesAsync(events, "Event record");

        await using var second = _user.Start("avro-consumer", topic, "-g", "blocked");
        await second.WaitForLogAsync("this consumer now has");
        Assert.Equal(0, (await _user.RunAsync("avro-producer", topic, "-e", "5", "-t", "5", "-d", "0")).ExitCode);
        await consumer.ReadLinesAsync(events + 1, "Event record");
        consumer.Interrupt();
        var result = await consumer.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result}");
        second.Interrupt();
        Assert.Equal(0, (await second.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task What_waits_is_written_in_order_when_somebody_reads_again()
    {
        var topic = await _user.NewTopicAsync();
        using var pipe = new FullPipe(_dir.File("err"));
        await using var producer = Start("avro-producer", topic, pipe, "-e", "3", "-d", "0");

        await producer.ReadLinesAsync(1, "To continue execution start from event 3");
        var text = pipe.Read();
        var result = await producer.WaitForExitAsync();
        text += pipe.Read();

        Assert.True(result.ExitCode == 0, $"{result}");
        string[] order = [$"Producing sensor events to topic {topic}.\n", "Press Ctrl-c to exit.\n", "Delivered 24 "];
        Assert.Equal(order, order.OrderBy(line => text.IndexOf(line, StringComparison.Ordinal)));
        Assert.All(order, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    // The process of the shell becomes that of the tool, so that signals reach it.
    private ToolProcess Start(string tool, string topic, FullPipe pipe, params string[] arguments) => _user.StartProcess(
        "/bin/sh", SandboxUser.Of(topic), ["-c", "exec \"$0\" \"$@\" 2>\"$BLOCKED\"".Replace("$BLOCKED", pipe.Path, StringComparison.Ordinal), ToolFolder.PathOf(tool), .. arguments]);
}
