using System.Text;
using Confluent.Kafka;
using HopsKafka.Consumer.Counting;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>How many events each key had: <c>--count</c>.</summary>
public sealed class CountSpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Theory]
    [InlineData("-o text", "COUNT  KEY\n    3  b\n    2  null\n    1  \\u001b\n    1  a,1\n")]
    [InlineData("-o csv", "key,count\r\nb,3\r\n,2\r\n\u001b,1\r\n\"a,1\",1\r\n")]
    [InlineData("-o json", "{\"key\":\"b\",\"count\":3}\n{\"key\":null,\"count\":2}\n{\"key\":\"\\u001B\",\"count\":1}\n{\"key\":\"a,1\",\"count\":1}\n")]
    [InlineData("--key hex", "COUNT  KEY\n    3  62\n    2  null\n    1  1b\n    1  612c31\n")]
    [InlineData("--where _key~?", "COUNT  KEY\n    3  b\n    1  \\u001b\n")]
    [InlineData("--tail 2", "COUNT  KEY\n    1  \\u001b\n    1  b\n")]
    public async Task The_counts_are_printed_at_the_end(string arguments, string expected)
    {
        var topic = await TopicAsync("b", null, "b", "a,1", null, "b", "\u001b");

        var result = await CountAsync(topic, arguments);

        Assert.Equal((0, expected), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Without_events_there_is_the_header_alone_and_counted_events_are_committed()
    {
        var topic = await TopicAsync("a");

        var first = await _user.RunAsync("avro-consumer", topic, "--value", "string", "--exit-at-end", "--count", "-q");
        var again = await _user.RunAsync("avro-consumer", topic, "--value", "string", "--exit-at-end", "--count");

        Assert.Equal((0, "COUNT  KEY\n    1  a\n"), (first.ExitCode, first.Output));
        Assert.Equal((0, "COUNT  KEY\n"), (again.ExitCode, again.Output));
    }

    [Theory]
    [InlineData(OutputFormat.Text, "COUNT  KEY\n    2  é\"\n")]
    [InlineData(OutputFormat.Csv, "key,count\r\n\"é\"\"\",2\r\n")]
    [InlineData(OutputFormat.Json, "{\"key\":\"é\\\"\",\"count\":2}\n")]
    public void Keys_that_are_Avro_are_shown_as_their_values(object kind, string expected)
    {
        var schema = Events.Schema("\"string\"");
        using var format = new OutputOptions { Kind = (OutputFormat)kind, Key = ValueFormat.Avro, CountsKeys = true }.CreateFormat();
        var decoded = Events.Plain(null, [1]) with { Key = schema.Decode([0, 0, 0, 0, 7, 6, 0xC3, 0xA9, (byte)'"']) };
        var buffer = new ChunkedBuffer();

        format.Write(buffer, decoded);
        format.Write(buffer, decoded);
        format.Finish(buffer, null);

        Assert.Equal(expected, Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(chunk => chunk.ToArray())]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_million_keys_take_about_a_hundred_bytes_each_and_the_key()
    {
        const int keys = 1_000_000;
        var counts = new KeyCounts();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < keys; i++)
        {
            counts.Add(BitConverter.GetBytes(i));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(keys, counts.Ordered().Count);
        Assert.InRange(allocated / keys, 40, 220); // with the tables that were outgrown, about as much again
    }

    [Theory]
    [InlineData("--count --verify", "Option --count cannot be used with --verify")]
    [InlineData("--count -o avro --out a.avro", "Option --count prints keys and numbers: it cannot be used with -o avro, --fields or --out.")]
    [InlineData("--count --fields id", "Option --count prints keys and numbers: it cannot be used with -o avro, --fields or --out.")]
    [InlineData("--count --decode FILE", "it cannot be used with --count")]
    public async Task What_cannot_be_is_a_usage_error(string arguments, string message)
    {
        var result = await _user.RunAsync("avro-consumer", "any", arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> CountAsync(string topic, string arguments) => _user.RunAsync(
        "avro-consumer", topic,
        ["--count", "--value", "string", .. arguments.Split(' '), .. arguments.Contains("--tail", StringComparison.Ordinal) ? Array.Empty<string>() : ["--exit-at-end"]]);

    private async Task<string> TopicAsync(params string?[] keys)
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        using var testTopic = new TestTopic(_user, topic);
        testTopic.Write(0, keys.Select((key, i) =>
        {
            var message = TestTopic.Event(key!, null);
            message.Timestamp = new Timestamp(i + 1, TimestampType.CreateTime);
            return message;
        }));
        return topic;
    }
}
