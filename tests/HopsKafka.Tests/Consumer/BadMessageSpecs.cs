using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Avro;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>What avro-consumer does with events that cannot be decoded, and what becomes of them.</summary>
public sealed class BadMessageSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Other = """{"type":"record","name":"other","fields":[{"name":"x","type":"long"}]}""";

    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task Stop_names_place_and_reason_and_what_to_type_and_commits_nothing_of_it()
    {
        var topic = await TopicAsync(Framed(0x7FFF_FFFF, 2));

        var stopped = await _user.RunAsync("avro-consumer", topic, "--exit-at-end");
        var onward = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "--from", "0:9", "-o", "json");

        Assert.Equal((1, 8), (stopped.ExitCode, Readings.Of(stopped).Count));
        Assert.Contains($"The event at {topic} [0] offset 8 cannot be decoded: The project's registry has no schema with id 2147483647", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("To continue after it, use --from 0:9", stopped.Error, StringComparison.Ordinal);
        Assert.Equal((0, 8), (onward.ExitCode, JsonEvents.Of(onward).Count));
    }

    [Fact]
    public async Task Skip_logs_and_counts_each_kind_and_fails_only_if_asked()
    {
        var sensor = SensorId();
        var topic = await TopicAsync(
            "{}"u8.ToArray(), Framed(0x7FFF_FFFF, 2), Framed(sensor, 2), Framed(sensor, 2, 2, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0), [.. Good(sensor), 0]);

        var skipped = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "--on-error", "skip");
        var failed = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "--on-error", "skip", "--fail-on-skip", "--from", "beginning");
        var after = await _user.RunAsync("avro-consumer", topic, "--exit-at-end");

        Assert.Equal((0, 1, 0), (skipped.ExitCode, failed.ExitCode, after.ExitCode));
        Assert.Equal((16, 16, 0), (Readings.Of(skipped).Count, Readings.Of(failed).Count, Readings.Of(after).Count));
        Assert.Contains($"Skipped {topic} [0] offset 8: The value", skipped.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Skipped 5 that could not be decoded (invalid_utf8 1, too_short 1, trailing_bytes 1, truncated 1, unknown_schema_id 1).",
            skipped.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_event_of_17_bytes_that_means_more_than_memory_holds_is_passed_over_like_any_other()
    {
        var forking = _user.Sandbox.State.Schemas.Register(119, "forking", DoublingSchemaSpecs.Schema)!.Id;
        var topic = await TopicAsync(Framed(forking, DoublingSchemaSpecs.Datum));
        var file = Path.Combine(_user.Folder, $"{topic}.jsonl");

        var skipped = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "--on-error", "skip", "-g", "shown");
        var kept = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "-q", "--verify", "--on-error", "dead-letter", file, "-g", "quiet");
        var after = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "-g", "quiet");
        var printed = await _user.RunAsync("avro-consumer", [], "--decode", file);

        Assert.Equal((0, 16), (skipped.ExitCode, Readings.Of(skipped).Count));
        Assert.Contains($"Skipped {topic} [0] offset 8: The record cannot be right: it claims more than 2000000 values.", skipped.Error, StringComparison.Ordinal);
        Assert.Contains("impossible_value 1", kept.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (after.ExitCode, Readings.Of(after).Count));
        Assert.Contains("0 of them can be decoded", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_holds_everything_and_is_printed_without_a_cluster_and_sent_again_once_the_schema_is_there()
    {
        var next = _user.Sandbox.State.Schemas.Register(119, "next", """{"type":"record","name":"next","fields":[]}""")!.Id + 1;
        var lost = Framed(next, 42);
        var topic = await TopicAsync(lost);
        var file = Path.Combine(_user.Folder, $"{topic}.jsonl");

        var consumed = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "-q", "--on-error", "dead-letter", file);
        var letter = JsonSerializer.Deserialize<JsonElement>((await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Single());
        var printed = await _user.RunAsync("avro-consumer", [], "--decode", file, "-c", "absent.toml");
        var tooEarly = await _user.RunAsync("avro-producer", topic, "--replay", file);
        Assert.Equal(next, _user.Sandbox.State.Schemas.Register(119, "other", Other)!.Id);
        var replayed = await _user.RunAsync("avro-producer", topic, "--replay", file);
        var again = await _user.RunAsync("avro-consumer", topic, "--exit-at-end", "-o", "json");

        Assert.Equal((0, 0, 1, 0, 0), (consumed.ExitCode, printed.ExitCode, tooEarly.ExitCode, replayed.ExitCode, again.ExitCode));
        Assert.Equal((topic, 0, 8), (Text(letter, "topic"), letter.GetProperty("partition").GetInt32(), letter.GetProperty("offset").GetInt32()));
        Assert.Equal("unknown_schema_id", Text(letter, "reason"));
        Assert.Equal(lost, letter.GetProperty("value_base64").GetBytesFromBase64());
        Assert.Equal("bad", Encoding.UTF8.GetString(letter.GetProperty("key_base64").GetBytesFromBase64()));
        Assert.Equal("kept", Encoding.UTF8.GetString(letter.GetProperty("headers")[0].GetProperty("value_base64").GetBytesFromBase64()));
        Assert.Contains($"Dead letter {topic} [0] offset 8: ", printed.Output, StringComparison.Ordinal);
        Assert.Contains($"\tvalue: {Convert.ToHexStringLower(lost)}\n", printed.Output, StringComparison.Ordinal);
        Assert.Contains("still cannot be decoded", tooEarly.Error, StringComparison.Ordinal);
        var sent = Assert.Single(JsonEvents.Of(again));
        Assert.Equal(("bad", 21), (Text(sent, "key"), sent.GetProperty("value").GetProperty("x").GetInt64()));
        Assert.Equal("kept", Text(sent.GetProperty("headers")[0], "text"));
    }

    [Fact]
    public async Task A_letter_with_its_schema_beside_it_is_decoded_without_a_cluster()
    {
        var sensor = SensorId();
        var file = Path.Combine(_user.Folder, "mended.jsonl");
        var schema = _user.Sandbox.State.Schemas.FindText(119, sensor)!;
        var line = JsonSerializer.Serialize(new
        {
            topic = "t", partition = 0, offset = 7, reason = "truncated", message = "It ended.", schema, key_base64 = "c2Vuc29yMA==", value_base64 = Convert.ToBase64String(Good(sensor)),
        });
        await File.WriteAllTextAsync(file, $"{line}\nno json\n\n{{}}\n", TestContext.Current.CancellationToken);

        var printed = await _user.RunAsync("avro-consumer", [], "--decode", file);

        Assert.Equal(1, printed.ExitCode);
        Assert.Equal("Event record a: id: a\n\ttimestamp: 1970-01-01T00:00:00.001Z\n\tvalue: 0.0\n", printed.Output);
        Assert.Contains($"{file}(2): it is not a dead letter", printed.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}(4): it is not a dead letter", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_something_else_than_dead_letters_does_not_flood_stderr()
    {
        var file = Path.Combine(_user.Folder, "events.jsonl");
        await File.WriteAllLinesAsync(
            file, Enumerable.Repeat("""{"key":"k","value":1}""", 30), TestContext.Current.CancellationToken);

        var decoded = await _user.RunAsync("avro-consumer", [], "--decode", file);
        var replayed = await _user.RunAsync("avro-producer", [], "--replay", file);

        Assert.Equal((1, 1), (decoded.ExitCode, replayed.ExitCode));
        Assert.Contains("\n0 dead letters, 0 of them can be decoded; 30 other lines.\n", decoded.Error, StringComparison.Ordinal);
        Assert.Contains("\nSent 0 of 30 dead letters again; 30 cannot be sent.", replayed.Error, StringComparison.Ordinal);
        Assert.All([decoded.Error, replayed.Error], error =>
        {
            Assert.Equal(20, Regex.Count(error, @"it is not a dead letter as --on-error dead-letter writes them"));
            Assert.Equal(1, Regex.Count(error, @"\(20\): .* Further ones are only counted\.\n"));
        });
    }

    [Theory]
    [InlineData("avro-consumer", "--decode absent.jsonl", "The dead-letter file absent.jsonl (--decode) cannot be read: there is no such file.")]
    [InlineData("avro-producer", "--replay .", "The dead-letter file . (--replay) cannot be read: it is a folder.")]
    [InlineData("avro-consumer", "--on-error dead-letter none/x.jsonl", "cannot be written: there is no such folder.")]
    public async Task A_file_that_cannot_be_used_is_reported(string tool, string arguments, string message)
    {
        var result = await _user.RunAsync(tool, [], arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    // Eight good events, the bad ones, eight good events.
    private async Task<string> TopicAsync(params byte[][] bad)
    {
        var topic = await _user.NewTopicAsync(1);
        await _user.RunAsync("avro-producer", topic, "-e", "1", "-d", "0", "-q");
        await KafkaReader.WriteAsync(
            _user.Sandbox,
            topic,
            [.. bad.Select(value => new Message<string, byte[]> { Key = "bad", Value = value, Headers = [new Header("why", "kept"u8.ToArray())] })]);
        await _user.RunAsync("avro-producer", topic, "-e", "1", "-t", "1", "-d", "0", "-q");
        return topic;
    }

    private int SensorId() => _user.Sandbox.State.Schemas.Versions(119, "sensor")[^1].Id;

    // The tutorial's record: timestamp 1, id "a", value 0.
    private static byte[] Good(int id) => Framed(id, 2, 2, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0);

    private static byte[] Framed(int id, params byte[] avro)
    {
        byte[] framed = [0, 0, 0, 0, 0, .. avro];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), id);
        return framed;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
