using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary><c>--resume</c> of an input.</summary>
public sealed class InputResumeSpecs(SharedSandbox sandbox) : InputSpecs(sandbox)
{
    [Fact]
    public async Task Lines_that_the_topic_has_are_not_sent_again()
    {
        var (topic, environment) = await NewOrdersAsync();
        var lines = Enumerable.Range(1, 40).Select(i => Order(i)).ToArray();

        await RunAsync(environment, 0, "--input", Write("orders.jsonl", lines[..25]), "-q");
        var resumed = await RunAsync(environment, 0, "--input", Write("orders.jsonl", lines), "-q", "--resume");
        var again = await RunAsync(environment, 0, "--input", PathOf("orders.jsonl"), "-q", "--resume");
        var verify = await User.RunAsync("avro-consumer", environment, "--verify", "--from", "beginning", "--exit-at-end", "--no-commit");

        Assert.Contains($"Searching topic {topic} for lines of orders.jsonl.\nResuming: 2 of 2 partitions have lines of orders.jsonl; the last ones are ", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 15 (", resumed.Error, StringComparison.Ordinal);
        Assert.Contains(", 25 already in the topic, in ", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 0, failed 0, 40 already in the topic, in ", again.Error, StringComparison.Ordinal);
        Assert.True(verify.ExitCode == 0, $"{verify}");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_line_that_was_another_one_is_refused_before_anything_is_sent()
    {
        var (topic, environment) = await NewOrdersAsync(1);
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1), Order(2)), "-q");

        var content = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1), Order(2, "\"Rome\""), Order(3)), "-q", "--resume");
        var key = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1), Order(5), Order(3)), "-q", "--resume");
        var invalid = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1), "{", Order(3)), "-q", "--resume");
        var end = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1)), "-q", "--resume");

        var place = $"error: orders.jsonl cannot be resumed: line 2 is in {topic} [0] at offset 1, but its ";
        Assert.Contains($"{place}content was another one.\n", content.Error, StringComparison.Ordinal);
        Assert.Contains($"{place}key was another one.\n", key.Error, StringComparison.Ordinal);
        Assert.Contains($"error: orders.jsonl cannot be resumed: {topic} has line 2 of it, but that line is not a valid event: ", invalid.Error, StringComparison.Ordinal);
        Assert.Contains($"error: orders.jsonl cannot be resumed: it ends at line 1, but {topic} has line 2 of it.\n", end.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(environment)).Count);
    }

    [Fact]
    public async Task Another_input_of_the_same_name_needs_another_source()
    {
        var (_, environment) = await NewOrdersAsync(1);
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1), Order(2)), "-q");

        var other = await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(8), Order(9)), "-q", "--resume", "--source", "monday");

        Assert.Contains("for lines of monday.\nResuming: no line of monday was found; starting at the first.\n", other.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await ReadAsync(environment)).Count);
    }

    [Fact]
    public async Task Another_share_is_refused()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1), Order(2), Order(3), Order(4));
        await RunAsync(environment, 0, "--input", file, "-q", "--shard", "1/2");

        var result = await RunAsync(environment, 2, "--input", file, "-q", "--shard", "1/3", "--resume");

        Assert.Contains(" was sent with --shard 1/2, and this run is with --shard 1/3.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_line_skips_those_before_it()
    {
        var (_, environment) = await NewOrdersAsync(1);

        await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1), Order(2), Order(3)), "-q", "--from-line", "3");

        Assert.Equal("order-3", Assert.Single(await ReadAsync(environment)).GetProperty("key").GetString());
    }
}
