using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary><c>--envelope</c>: what avro-consumer -o json prints is sent again as it was.</summary>
public sealed class EnvelopeSpecs(SharedSandbox sandbox) : InputSpecs(sandbox)
{
    [Fact]
    public async Task A_topic_is_copied_with_keys_headers_timestamps_tombstones_and_partitions()
    {
        var (topic, environment) = await NewOrdersAsync();
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", [.. Enumerable.Range(1, 20).Select(i => Order(i))]), "-q", "--timestamp", "placed", "--header", "origin=shop");
        await RunAsync(environment, 0, "--input", Write("deleted.jsonl", """{"id":"order-3"}"""), "-q", "--null-value");
        await KafkaReader.WriteAsync(User.Sandbox, topic, new Message<byte[], byte[]> { Key = [0xFF, 0], Value = null!, Headers = [new Header("raw", [1, 0xFF]), new Header("none", null)] });
        var json = await User.RunAsync("avro-consumer", environment, "--from", "beginning", "--exit-at-end", "--no-commit", "-o", "json");
        var (copy, target) = await NewOrdersAsync();

        var sent = await PipeAsync(target, json.Output, "--input", "-", "--envelope", "--keep-partition", "-q");

        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Equal(Described(KafkaReader.ReadAll(User.Sandbox, topic, 22)), Described(KafkaReader.ReadAll(User.Sandbox, copy, 22)));
    }

    [Fact]
    public async Task Without_keep_partition_the_key_decides_on_the_partition()
    {
        var (_, environment) = await NewOrdersAsync(1);
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", [.. Enumerable.Range(1, 20).Select(i => Order(i))]), "-q");
        var json = await User.RunAsync("avro-consumer", environment, "--from", "beginning", "--exit-at-end", "--no-commit", "-o", "json");
        var (_, target) = await NewOrdersAsync(3);

        var sent = await PipeAsync(target, json.Output, "--input", "-", "--envelope", "-q");

        Assert.Matches(@"Delivered 20 \(partition 0: \d+, partition 1: \d+, partition 2: \d+\)", sent.Error);
    }

    [Fact]
    public async Task A_dry_run_prints_a_key_that_is_no_text_as_base64()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await PipeAsync(environment, """{"key_base64":"/wA=","value":null}""" + "\n", "--input", "-", "--envelope", "--dry-run");

        Assert.Equal("""{"line":1,"key_base64":"/wA=","partition":0,"value":null}""" + "\n", result.Output);
    }

    [Fact]
    public async Task A_schema_whose_values_json_does_not_carry_back_is_refused_before_anything_is_sent()
    {
        User.Sandbox.RegisterSchema("""{"type":"record","name":"ambiguous","fields":[{"name":"id","type":"string"},{"name":"size","type":["int","long"]}]}""");
        var environment = SandboxUser.Of(await User.NewTopicAsync(1), ("HOPSKAFKA_KAFKA__SCHEMA", "ambiguous"));

        var result = await PipeAsync(environment, """{"key":"a","value":{"id":"a","size":1},"headers":[]}""" + "\n", "--input", "-", "--envelope");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error: The values of this schema do not survive avro-consumer -o json: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("size: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(await ReadAsync(environment));
    }

    [Theory]
    [InlineData("[]", "1: it is not an object as avro-consumer -o json prints it")]
    [InlineData("{\"key\":\"a\"}", "1: it has no value: it is not an object as avro-consumer -o json prints it")]
    [InlineData("{\"id\":\"a\"}", "7: id: avro-consumer -o json prints no such member; without --envelope, a line is the event's value")]
    [InlineData("{\"key\":5,\"value\":null}", "8: key: a key that is no text was printed with --key avro")]
    [InlineData("{\"value\":{\"id\":7}}", "value.id: ")]
    [InlineData("{\"value\":null,\"timestamp\":\"soon\"}", "27: timestamp: it is not a time such as 2026-01-31T12:00:00.000Z")]
    [InlineData("{\"value\":null", "it is not valid JSON")]
    [InlineData("{\"value_base64\":\"AA==\"}", "17: value_base64: the value was printed undecoded, which cannot be written with a schema")]
    public async Task A_line_that_is_no_envelope_is_named(string line, string message)
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await PipeAsync(environment, line + "\n", "--input", "-", "--envelope");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error: stdin:1:", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private async Task<ToolResult> PipeAsync(Dictionary<string, string> environment, string text, params string[] arguments)
    {
        await using var running = ToolTask.Start("avro-producer", environment, ["-c", User.Sandbox.ConfigFile, .. arguments], stdin: Stdin(text));
        return await running.WaitForExitAsync();
    }

    // All but the position in the input that each was sent from.
    private static IEnumerable<string> Described(IEnumerable<ConsumeResult<byte[], byte[]>> events) => events
        .OrderBy(e => e.Partition.Value).ThenBy(e => e.Offset.Value)
        .Select(e => $"{e.Partition.Value} {Hex(e.Message.Key)} {Hex(e.Message.Value)} {e.Message.Timestamp.UnixTimestampMs} "
            + string.Join(' ', e.Message.Headers.Where(h => h.Key != "hops-line").Select(h => $"{h.Key}={Hex(h.GetValueBytes())}")));

    private static string Hex(byte[]? bytes) => bytes is null ? "null" : Convert.ToHexString(bytes);
}
