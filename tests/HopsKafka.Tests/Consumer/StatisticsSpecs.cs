using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>The numbers of a run for programs that watch it: <c>--stats</c>, and <c>/metrics</c> below the live page.</summary>
public sealed class StatisticsSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User), IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_line_of_json_has_the_numbers_of_the_run_and_of_each_partition()
    {
        var topic = await TopicAsync();

        var result = await User.RunAsync("avro-consumer", topic, "--partition", "0,1", "--from", "0:4,1:20", "-n", "3", "-q", "--stats", "json");

        var fields = Assert.Single(Lines(result.Error)).GetProperty("fields");
        Assert.Equal((3, 0, 0, 0, 0), (Number(fields, "consumed"), Number(fields, "bad"), Number(fields, "commits"), Number(fields, "failed_commits"), Number(fields, "reconnects")));
        Assert.InRange(Number(fields, "memory_bytes"), 10_000_000, 100_000_000_000);
        Assert.InRange(fields.GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.InRange(fields.GetProperty("rate").GetDouble(), 0.1, 1e7);
        var partition = fields.GetProperty("partitions")[0];
        Assert.Equal((0, 3, 13, true), (Number(partition, "partition"), Number(partition, "events"), Number(partition, "lag"), partition.GetProperty("assigned").GetBoolean()));
    }

    [Fact]
    public async Task Lines_come_repeatedly_and_each_line_of_a_json_log_is_one_object()
    {
        var topic = await TopicAsync();
        await using var consumer = User.Start("avro-consumer", topic, "--log-format", "json", "-q", "--stats", "json", "--stats-every", "1");

        await consumer.WaitForLogAsync("\"commits\":1");
        consumer.Interrupt();
        var result = await consumer.WaitForExitAsync();

        var lines = Lines(result.Error);
        Assert.True(lines.Count > 1, result.Error);
        Assert.Equal((40, 0), (Number(lines[^1].GetProperty("fields"), "consumed"), Number(lines[^1].GetProperty("fields"), "lag")));
        Assert.All(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
    }

    [Fact]
    public async Task Counts_of_keys_are_printed_when_the_run_is_interrupted()
    {
        var topic = await TopicAsync();
        await using var consumer = User.Start("avro-consumer", topic, "--count", "--stats", "json", "--stats-every", "1", "--where", "id in (sensor3,sensor4)");
        await consumer.WaitForLogAsync("\"consumed\":10,");

        consumer.Interrupt();
        var result = await consumer.WaitForExitAsync();

        Assert.Equal((0, "COUNT  KEY\n    5  sensor3\n    5  sensor4\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_monitor_reads_them_in_Prometheus_text_format_below_the_secret_path()
    {
        var topic = await TopicAsync();
        using (var testTopic = new TestTopic(User, topic))
        {
            testTopic.Write(0, TestTopic.Event("bad", null));
        }

        await using var consumer = User.Start("avro-consumer", topic, "-g", "watched", "--live", "-q", "--on-error", "skip");
        await consumer.WaitForLogAsync("Skipped ");
        var address = await AddressAsync(consumer);

        var text = await UntilAsync(new Uri(address, "metrics"), "hopskafka_consumed_events_total{partition=\"0\"", " 20\n");
        using var outside = await _http.GetAsync(new Uri($"http://{address.Authority}/metrics"));

        var labels = $"topic=\"{topic}\",group=\"watched\"";
        Assert.Contains($"# TYPE hopskafka_consumed_events_total counter\nhopskafka_consumed_events_total{{partition=\"0\",{labels}}} 20\n", text, StringComparison.Ordinal);
        Assert.Contains($"hopskafka_consumer_lag_events{{partition=\"1\",{labels}}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"hopskafka_bad_events_total{{{labels}}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"# TYPE hopskafka_commits_total counter\nhopskafka_commits_total{{{labels}}} ", text, StringComparison.Ordinal);
        Assert.Contains($"hopskafka_failed_commits_total{{{labels}}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"hopskafka_reconnects_total{{{labels}}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes{{{labels}}} ", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    [Theory]
    [InlineData("--stats text", "Option --stats must be json, not 'text'.")]
    [InlineData("--stats json --stats-every 0.5", "Option --stats-every must be at least 1 second.")]
    [InlineData("--stats json --stats-every often", "Option --stats-every must be a number of seconds")]
    [InlineData("--stats-every 5", "Option --stats-every needs --stats json.")]
    [InlineData("--stats", "Required argument missing for option: '--stats'.")]
    public async Task What_cannot_be_is_a_usage_error(string arguments, string message)
    {
        var result = await User.RunAsync("avro-consumer", "any", arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static List<JsonElement> Lines(string error) =>
        [.. error.Split('\n').Where(line => line.Contains("\"code\":\"stats\"", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement)];

    private static long Number(JsonElement parent, string name) => parent.GetProperty(name).GetInt64();

    private static async Task<Uri> AddressAsync(RunningTool consumer)
    {
        await consumer.WaitForLogAsync("Live picture at ");
        return new Uri(Regex.Match(consumer.Error, "Live picture at (http://127.0.0.1:[0-9]+/[0-9a-f]{32}/)\n").Groups[1].Value);
    }

    private async Task<string> UntilAsync(Uri address, string line, string end)
    {
        var text = "";
        await Poll.UntilAsync(
            $"{line}…{end.Trim()}",
            async () =>
            {
                using var answer = await _http.GetAsync(address);
                Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
                text = await answer.Content.ReadAsStringAsync();
                return text.Split('\n').Any(l => l.StartsWith(line, StringComparison.Ordinal) && (l + "\n").EndsWith(end, StringComparison.Ordinal));
            },
            () => text);
        return text;
    }

    private async Task<string> TopicAsync()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0", "-q");
        return topic;
    }
}
