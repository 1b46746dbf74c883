using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>From where to where avro-consumer reads.</summary>
public sealed class PositionSpecs(SharedSandbox sandbox)
{
    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_range_of_a_partition_is_read_without_joining_the_group_and_without_committing()
    {
        var topic = await TopicAsync();

        var range = await ConsumeAsync(topic, "--partition 0 --from 5 --until 9 -o json");
        var group = await ConsumeAsync(topic, "--exit-at-end -o json");

        Assert.Equal([(0, 5), (0, 6), (0, 7), (0, 8)], JsonEvents.Places(range));
        Assert.Contains($"Reading {topic} [0] without joining a group.", range.Error, StringComparison.Ordinal);
        Assert.Equal(40, JsonEvents.Of(group).Count);
    }

    [Fact]
    public async Task In_a_group_too_reading_starts_where_it_is_told_and_ends_there()
    {
        var topic = await TopicAsync();
        await ConsumeAsync(topic, "--exit-at-end -q");

        var nothing = await ConsumeAsync(topic, "--exit-at-end -o json");
        var again = await ConsumeAsync(topic, "--from beginning --exit-at-end -o json");
        var some = await ConsumeAsync(topic, "--from 0:18,1:19 --until end -o json");
        var ranges = await ConsumeAsync(topic, "--from 0:3,1:4 --until 0:5,1:5 -o json");

        Assert.Empty(JsonEvents.Of(nothing));
        Assert.Equal(40, JsonEvents.Of(again).Count);
        Assert.Equal([(0, 18), (0, 19), (1, 19)], JsonEvents.Places(some).Order());
        Assert.Equal([(0, 3), (0, 4), (1, 4)], JsonEvents.Places(ranges).Order());
    }

    [Fact]
    public async Task From_the_end_only_what_comes_later_is_read()
    {
        var topic = await TopicAsync();
        await using var consumer = _user.Start("avro-consumer", topic, "--from", "end", "-n", "8", "-o", "json");
        await consumer.WaitForLogAsync("this consumer now has");

        await _user.RunAsync("avro-producer", topic, "-e", "1", "-t", "5", "-d", "0", "-q");
        var result = await consumer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.All(JsonEvents.Places(result), place => Assert.True(place.Offset >= 20, $"{place}"));
    }

    [Fact]
    public async Task Until_an_offset_beyond_the_end_one_line_says_that_it_waits()
    {
        var topic = await TopicAsync();
        await using var consumer = _user.Start("avro-consumer", topic, "--from", "0:19,1:20", "--until", "0:22,1:20", "--no-commit", "-o", "json");
        await consumer.WaitForLogAsync($"info: Waiting for events of {topic} [0] up to offset 22, while its end is 20 (--until).\n");

        await _user.RunAsync("avro-producer", topic, "-e", "1", "-t", "5", "-d", "0", "-q");
        var result = await consumer.WaitForExitAsync();
        var ended = await ConsumeAsync(topic, "--partition 0 --from 0 --until 22 -q");

        Assert.Equal([(0, 19), (0, 20), (0, 21)], JsonEvents.Places(result));
        Assert.DoesNotContain("Waiting for events", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_events_for_a_while_it_ends()
    {
        var topic = await TopicAsync();

        var result = await ConsumeAsync(topic, "--idle-exit 1 -o json");

        Assert.Equal(40, JsonEvents.Of(result).Count);
    }

    [Fact]
    public async Task Until_a_time_of_the_events_needs_no_look_up_and_a_time_gone_by_ends_at_once()
    {
        var topic = await TopicAsync();

        var all = await ConsumeAsync(topic, $"--until {DateTime.UtcNow.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ} --no-commit -o json");
        var none = await ConsumeAsync(topic, "--until -1h --no-commit -o json");

        Assert.Equal(40, JsonEvents.Of(all).Count);
        Assert.Empty(JsonEvents.Of(none));
        Assert.DoesNotContain("Waiting for events", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_a_time_to_come_one_line_says_that_it_waits()
    {
        var topic = await TopicAsync(1);
        await using var consumer = _user.Start("avro-consumer", topic, "--until", "2126-01-31T08:00:00Z", "--no-commit", "-q");

        await consumer.WaitForLogAsync($"info: Waiting for events of {topic} up to 2126-01-31T08:00:00Z (--until).\n");
        consumer.Interrupt();

        Assert.Equal(0, (await consumer.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Without_commits_the_group_starts_where_it_did_before()
    {
        var topic = await TopicAsync();

        await ConsumeAsync(topic, "--no-commit --exit-at-end -q");
        var again = await ConsumeAsync(topic, "--exit-at-end -o json");

        Assert.Equal(40, JsonEvents.Of(again).Count);
    }

    [Fact]
    public async Task At_the_end_a_table_shows_offsets_count_commits_and_lag_of_each_partition()
    {
        var topic = await TopicAsync();

        var some = await ConsumeAsync(topic, "--from 0:4,1:20 -n 3 -q");
        var uncommitted = await ConsumeAsync(topic, "--partition 1 --from 10 --until 12 -q");

        Assert.Contains("PARTITION  FIRST  LAST  COUNT  COMMITTED  LAG\n        0      4     6      3          7   13\n", some.Error, StringComparison.Ordinal);
        Assert.Contains("PARTITION  FIRST  LAST  COUNT  COMMITTED  LAG\n        1     10    11      2  -            8\n", uncommitted.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from 5", "could mean any of the 2 partitions", "--from 0:5,1:5")]
    [InlineData("--until 5", "could mean any of the 2 partitions", "--partition N")]
    [InlineData("--from 0:41", "[0] has no offset 41: its events are 0 to 19.", "Correct --from")]
    [InlineData("--from 2:0", "names partition 2, which is not read", "Correct the partition")]
    [InlineData("--partition 7", "has no partition 7, only 0, 1.", "Correct --partition")]
    [InlineData("--from yesterday", "Option --from must be beginning, end, committed", "not 'yesterday'")]
    [InlineData("--until beginning", "Option --until must be end, an offset", "not 'beginning'")]
    [InlineData("--partition 0,x", "Option --partition must be numbers of partitions such as 0,1", "not '0,x'")]
    [InlineData("--idle-exit soon", "Option --idle-exit must be a number of seconds from 0.001 to 1000000", "not 'soon'")]
    [InlineData("--idle-exit 0", "Option --idle-exit must be a number of seconds from 0.001 to 1000000", "not '0'")]
    [InlineData("--from 0:1,1:2,0:2", "Option --from names partition 0 more than once: '0:1,1:2,0:2'.", "")]
    [InlineData("--until 1:1,1:2", "Option --until names partition 1 more than once: '1:1,1:2'.", "")]
    [InlineData("--from 0:1,0:x", "Option --from must be beginning, end, committed", "not '0:1,0:x'")]
    [InlineData("--on-error ignore", "Option --on-error must be stop, skip or dead-letter FILE", "not 'ignore'")]
    [InlineData("--on-error dead-letter", "Option --on-error must be stop, skip or dead-letter FILE", "not 'dead-letter'")]
    [InlineData("--fail-on-skip", "Option --fail-on-skip needs --on-error", "")]
    [InlineData("-o yaml", "Option --output must be text, json, csv or avro, not 'yaml'.", "")]
    [InlineData("-o", "Required argument missing for option: '-o'.", "")]
    [InlineData("-g", "Required argument missing for option: '-g'.", "")]
    public async Task What_cannot_be_is_a_usage_error(string arguments, string message, string more)
    {
        var topic = await TopicAsync(1);

        var result = await _user.RunAsync("avro-consumer", topic, [.. arguments.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message.Replace("19", "3", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.Contains(more, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_time_the_embedded_Kafka_says_that_it_cannot()
    {
        var topic = await TopicAsync(1);

        var result = await _user.RunAsync("avro-consumer", topic, "--from", "-1h");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("the sandbox's embedded one cannot", result.Error, StringComparison.Ordinal);
    }

    private async Task<string> TopicAsync(int steps = 5)
    {
        var topic = await _user.NewTopicAsync();
        var result = await _user.RunAsync("avro-producer", topic, "-e", $"{steps}", "-d", "0", "-q");
        Assert.True(result.ExitCode == 0, $"{result}");
        return topic;
    }

    private async Task<ToolResult> ConsumeAsync(string topic, string arguments)
    {
        var result = await _user.RunAsync("avro-consumer", topic, arguments.Split(' '));
        Assert.True(result.ExitCode == 0, $"{result}");
        return result;
    }
}
