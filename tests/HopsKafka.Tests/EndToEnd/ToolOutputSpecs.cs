using System.Text;
using System.Text.Json;
using Avro.Generic;
using Confluent.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.Consumer;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>avro-consumer's outputs of any topic.</summary>
public sealed class ToolOutputSpecs(SharedSandbox sandbox)
{
    private const int ProjectId = 119;

    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_feature_groups_topic_is_read_with_its_complex_features_and_its_deletions()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        var id = Register("readings_1", FeatureGroupRecord.Schema);
        await KafkaReader.WriteAsync(
            _user.Sandbox,
            topic,
            Message("sensor0", Features("sensor0", ["a", null]), ("subjectId", $"{id}"), ("projectId", "119"), ("featureGroupId", "14")),
            Message("sensor1", Features("sensor1", null), ("subjectId", $"{id}"), ("operation", "delete")),
            Message("sensor2", null, ("subjectId", $"{id}")));

        var result = await ConsumeAsync(topic, "-o", "json");

        Assert.True(result.ExitCode == 0, $"{result}");
        var lines = result.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            """{"id":"sensor0","ts":"1970-01-01T00:00:00.000005Z","price":null,"tags":["a",null],"counts":null,"place":{"city":"Luleå","xy":[1.5]},"plain":[1,2]}""",
            lines[0].GetProperty("value").GetRawText());
        Assert.Equal([id, id, 0], lines.Select(l => l.GetProperty("schema_id") is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : 0));
        Assert.Equal([false, true, true], lines.Select(l => l.TryGetProperty("tombstone", out _)));
        Assert.Equal("sensor1", lines[1].GetProperty("value").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, lines[2].GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Avro_files_hold_the_values_of_each_schema_and_are_never_overwritten()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        var numbers = Register("numbers", """{"type":"record","name":"numbers","fields":[{"name":"n","type":"int"}]}""");
        var words = Register("spoken", """{"type":"record","name":"spoken","fields":[{"name":"w","type":"string"}]}""");
        await KafkaReader.WriteAsync(
            _user.Sandbox, topic, Message("k", Framed(numbers, "02")), Message("k", Framed(words, "0278")), Message("k", null), Message("k", Framed(numbers, "04")));

        var first = await ConsumeAsync(topic, "-o", "avro", "--out", InFolder("any.avro"));
        var second = await ConsumeAsync(topic, "-o", "avro", "--out", InFolder("any.avro"));

        Assert.True(first.ExitCode == 0, $"{first}");
        Assert.Equal("", first.Output);
        Assert.Contains($"Wrote {InFolder("any.avro")}: 2 values of schema {numbers}.", first.Error, StringComparison.Ordinal);
        Assert.Contains($"Wrote {InFolder("any-2.avro")}: 1 value of schema {words}.", first.Error, StringComparison.Ordinal);
        Assert.Contains("1 tombstone was skipped", first.Error, StringComparison.Ordinal);
        var records = AvroFileSinkSpecs.Read(Path.Combine(_user.Folder, "any.avro"), out var text);
        Assert.Equal([1, 2], records.Select(r => (int)((GenericRecord)r)["n"]));
        Assert.Equal(_user.Sandbox.State.Schemas.FindText(ProjectId, numbers), text);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("any.avro exists already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_killed_consumer_leaves_a_readable_avro_file_and_the_next_one_goes_on_without_a_gap()
    {
        const int Count = 20_000;
        var topic = await _user.NewTopicAsync(partitions: 1);
        var id = Register("counted", """{"type":"record","name":"counted","fields":[{"name":"n","type":"int"}]}""");
        await KafkaReader.WriteAsync(_user.Sandbox, topic, [.. Enumerable.Range(0, Count).Select(i => Message("k", Framed(id, Varint(i))))]);
        await using (var killed = _user.StartProcess("avro-consumer", topic, "-g", "killed-file", "-o", "avro", "--out", "killed.avro", "-q"))
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!File.Exists(Path.Combine(_user.Folder, "killed.avro")))
            {
                await Task.Delay(1, timeout.Token);
            }

            killed.Signal(ToolProcess.Sigkill);
            await killed.WaitForExitAsync();
        }

        var next = await _user.RunAsync("avro-consumer", topic, "-g", "killed-file", "-o", "avro", "--out", InFolder("next.avro"), "--exit-at-end");

        Assert.True(next.ExitCode == 0, $"{next}");
        var all = new[] { "killed.avro", "next.avro" }
            .SelectMany(file => AvroFileSinkSpecs.Read(Path.Combine(_user.Folder, file), out _)).Select(r => (int)((GenericRecord)r)["n"]);
        Assert.Equal(Enumerable.Range(0, Count), all.Distinct().Order());
    }

    [Fact]
    public async Task Csv_shows_the_named_fields_of_the_events_that_meet_all_conditions()
    {
        var topic = await _user.NewTopicAsync();
        var produced = await _user.RunAsync("avro-producer", topic, "-e", "5", "-d", "0", "-q");

        var result = await ConsumeAsync(topic, "-o", "csv", "--fields", "id,value,unit", "--where", "id=sensor3", "--where", "value>-1e9");

        Assert.Equal((0, 0), (produced.ExitCode, result.ExitCode));
        var rows = result.Output.TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(6, rows.Length);
        Assert.Equal("id,value,unit", rows[0]);
        Assert.All(rows.Skip(1), row => Assert.Matches(@"^sensor3,-?\d+(\.\d+)?,$", row));
        Assert.Contains("Consumed 5", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: No event contained the field unit of --fields.\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the field id", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_stops_at_another_schema_after_it_wrote_what_came_before()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        var first = Register("first", """{"type":"record","name":"first","fields":[{"name":"n","type":"int"}]}""");
        var second = Register("second", """{"type":"record","name":"second","fields":[{"name":"n","type":"int"}]}""");
        await KafkaReader.WriteAsync(_user.Sandbox, topic, Message("k", null), Message("k", Framed(first, "02")), Message("k", Framed(second, "04")));

        var result = await ConsumeAsync(topic, "-o", "csv");
        var again = await ConsumeAsync(topic, "-o", "csv");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["", "1"], result.Output.TrimEnd().Split("\r\n").Skip(1).Select(row => row.Split(',')[^1]));
        Assert.Contains($"[0] offset 2 has schema {second}, but the columns are those of schema {first}", result.Error, StringComparison.Ordinal);
        Assert.Equal((0, "2"), (again.ExitCode, again.Output.TrimEnd().Split(',')[^1]));
    }

    [Fact]
    public async Task A_readers_schema_that_does_not_resolve_stops_it_at_the_event()
    {
        var topic = await _user.NewTopicAsync(partitions: 1);
        var id = Register("narrow", """{"type":"record","name":"narrow","fields":[{"name":"n","type":"long"}]}""");
        await KafkaReader.WriteAsync(_user.Sandbox, topic, Message("k", Framed(id, "02")));
        var file = Path.Combine(_user.Folder, "reader.avsc");
        File.WriteAllText(file, """{"type":"record","name":"narrow","fields":[{"name":"n","type":"int"}]}""");

        var refused = await ConsumeAsync(topic, "-o", "json", "--reader-schema", file);
        File.WriteAllText(file, """{"type":"record","name":"narrow","fields":[{"name":"n","type":"double"},{"name":"m","type":"int","default":7}]}""");
        var read = await ConsumeAsync(topic, "-o", "json", "--reader-schema", file);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("offset 0 cannot be decoded: The writer's long cannot be read as the reader's int (field n).", refused.Error, StringComparison.Ordinal);
        Assert.Contains("""
            "value":{"n":1,"m":7},
            """.Trim(), read.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_word_is_a_usage_error_without_a_stack_trace()
    {
        var result = await _user.RunAsync("avro-consumer", "any", "-o", "xml");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("Option --output must be text, json, csv or avro, not 'xml'.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private string InFolder(string name) => Path.Combine(_user.Folder, name);

    private int Register(string subject, string schema) => _user.Sandbox.State.Schemas.Register(ProjectId, subject, schema)!.Id;

    private Task<ToolResult> ConsumeAsync(string topic, params string[] options) =>
        _user.RunAsync("avro-consumer", topic, ["-g", $"of-{topic}", "--exit-at-end", .. options]);

    private static byte[] Features(string id, object?[]? tags) => FeatureGroupRecord.Encode(
        FeatureGroupRecord.Schema,
        id,
        tags is null ? null : 5L,
        null,
        tags,
        null,
        tags is null ? null : FeatureGroupRecord.Place("Luleå", 1.5),
        tags is null ? null : new object[] { 1, 2 });

    private static byte[] Framed(int id, string hex) => [0, 0, 0, (byte)(id >> 8), (byte)id, .. Convert.FromHexString(hex)];

    private static string Varint(int value)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        HopsKafka.Avro.AvroValueWriter.WriteLong(bytes, value);
        return Convert.ToHexString(bytes.WrittenSpan);
    }

    private static Message<byte[], byte[]> Message(string key, byte[]? value, params (string Name, string Value)[] headers)
    {
        var all = new Headers();
        Array.ForEach(headers, header => all.Add(header.Name, Encoding.UTF8.GetBytes(header.Value)));
        return new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(key), Value = value!, Headers = all };
    }
}
