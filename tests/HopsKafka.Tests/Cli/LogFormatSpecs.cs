using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Cli;

/// <summary>The log of the commands: severity words and colors for people, JSON for programs.</summary>
public sealed class LogFormatSpecs : IDisposable
{
    private const string Red = "\e[1;31merror:\e[0m ";

    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Theory]
    [InlineData("auto", 0, "", "error: ")]
    [InlineData("auto", 80, "", Red)]
    [InlineData("auto", 80, "NO_COLOR=1", "error: ")]
    [InlineData("auto", 80, "NO_COLOR=", Red)]
    [InlineData("auto", 80, "TERM=dumb", "error: ")]
    [InlineData("always", 0, "", Red)]
    [InlineData("always", 80, "NO_COLOR=1", Red)]
    [InlineData("never", 80, "", "error: ")]
    public async Task The_severity_is_colored_on_a_terminal_unless_the_user_forbids_it(string color, int terminalWidth, string variable, string start)
    {
        var environment = variable.Split('=') is [var name, var value] ? new Dictionary<string, string> { [name] = value } : new Dictionary<string, string>();
        await using var running = ToolTask.Start("avro-producer", environment, ["-c", "absent.toml", "--color", color], terminalWidth: terminalWidth);

        var result = await running.WaitForExitAsync();

        Assert.StartsWith(start + "absent.toml: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remedy_stands_on_a_line_of_its_own()
    {
        var result = await RunAsync("hops-kafka", "topics", "--nonsense");

        Assert.Equal("error: Unrecognized command or argument '--nonsense'.\n  hops-kafka topics --help lists the options.\n", result.Error);
    }

    [Theory]
    [InlineData("--log-format", "xml")]
    [InlineData("--color", "red")]
    public async Task An_unknown_format_or_color_is_refused(string option, string value)
    {
        var result = await RunAsync("avro-producer", "--dry-run", option, value);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"error: Option {option} must be ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_one_object()
    {
        var result = await RunAsync("avro-producer", "-e", "abc", "--log-format", "json");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        var entry = Assert.Single(Entries(result.Error));
        Assert.Equal("error", entry.GetProperty("level").GetString());
        Assert.Equal("command_line", entry.GetProperty("code").GetString());
        Assert.Contains("--events", entry.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("avro-producer --help", entry.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal("{}", entry.GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_has_its_place_in_the_fields()
    {
        var file = _dir.Write("config.toml", "[hops]\nurl = 'localhost'\nverfy = true\n");

        var result = await RunAsync("avro-consumer", "-c", file, "--log-format", "json");

        var entry = Assert.Single(Entries(result.Error));
        Assert.Equal("usage", entry.GetProperty("code").GetString());
        var fields = entry.GetProperty("fields");
        Assert.Equal((file, 3, 1), (fields.GetProperty("file").GetString(), fields.GetProperty("line").GetInt32(), fields.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Stdout_is_the_same_in_both_formats_and_all_of_stderr_is_JSON()
    {
        var file = _dir.Write("a.jsonl", "broken\n{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"key\":\"a\",\"value\":null}\n");
        string[] arguments = ["--draw", file, "--plot", _dir.File("a.png")];

        var text = await RunAsync("avro-consumer", arguments);
        var json = await RunAsync("avro-consumer", [.. arguments, "--log-format", "json"]);

        Assert.Equal((text.ExitCode, text.Output), (json.ExitCode, json.Output));
        var entries = Entries(json.Error);
        Assert.Equal(text.Error.TrimEnd('\n').Split('\n').Length, entries.Count);
        var broken = entries.First(entry => entry.GetProperty("level").GetString() == "warning").GetProperty("fields");
        Assert.Equal((file, 1), (broken.GetProperty("file").GetString(), broken.GetProperty("line").GetInt32()));
        Assert.Contains(entries, entry => entry.GetProperty("level").GetString() == "info");
    }

    [Fact]
    public void An_event_that_cannot_be_decoded_has_its_place_and_the_damage_as_code()
    {
        var bad = new ConsumeResult<byte[], byte[]>
        {
            TopicPartitionOffset = new TopicPartitionOffset("orders", 3, 42), Message = new Message<byte[], byte[]> { Value = [1] },
        };
        var damage = new BadMessageException(BadMessageReason.NoMagicByte, "It does not start with 0.");
        using var skip = new DecodeErrorHandler(new ErrorPolicy(ErrorPolicyKind.Skip, null, false), _ => null, commits: true);
        using var stop = new DecodeErrorHandler(new ErrorPolicy(ErrorPolicyKind.Stop, null, false), _ => null, commits: true);

        var entries = Capture(() =>
        {
            skip.Handle(bad, damage);
            ConsoleLog.Error(Assert.Throws<HopsKafkaException>(() => stop.Handle(bad, damage)));
        });

        Assert.Equal(["warning", "error"], entries.Select(entry => entry.GetProperty("level").GetString()));
        Assert.All(entries, entry =>
        {
            Assert.Equal("no_magic_byte", entry.GetProperty("code").GetString());
            var fields = entry.GetProperty("fields");
            Assert.Equal("orders", fields.GetProperty("topic").GetString());
            Assert.Equal((3, 42), (fields.GetProperty("partition").GetInt32(), fields.GetProperty("offset").GetInt32()));
        });
        Assert.Contains("--from 3:43", entries[1].GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_logs_has_its_name_as_code_and_its_parameters_as_fields()
    {
        var entry = Assert.Single(Capture(() => KafkaLog.ConnectionStillLost(ConsoleLog.Logger, "localhost:9092", "refused")));

        Assert.Equal(("info", "connection_still_lost"), (entry.GetProperty("level").GetString(), entry.GetProperty("code").GetString()));
        Assert.Equal("localhost:9092", entry.GetProperty("fields").GetProperty("broker").GetString());
        Assert.Equal("refused", entry.GetProperty("fields").GetProperty("reason").GetString());
        Assert.False(entry.GetProperty("fields").TryGetProperty("{OriginalFormat}", out _));
    }

    [Fact]
    public void Each_object_has_the_time_in_UTC_by_the_commands_clock()
    {
        var time = new FixedTime(new DateTimeOffset(2026, 1, 31, 9, 5, 7, 40, TimeSpan.FromHours(1)));

        var entry = Assert.Single(Capture(() => ConsoleLog.Info("It works."), time));

        Assert.Equal("2026-01-31T08:05:07.040Z", entry.GetProperty("timestamp").GetString());
        Assert.Equal("timestamp", entry.EnumerateObject().First().Name);
    }

    [Fact]
    public void A_table_wraps_within_the_terminal_and_a_cell_from_outside_makes_no_line_of_its_own()
    {
        var written = new List<string>();
        var log = new LogOutput(written.Add) { IsTerminal = true, TerminalWidth = () => 40 };
        var pipe = new LogOutput(written.Add) { TerminalWidth = () => 40 };
        string[][] rows = [["topic", string.Concat(Enumerable.Repeat("long word ", 12))], ["a\u001b[2J", "b\nc"]];

        log.WriteTable(["name", "text"], rows);
        pipe.WriteTable(["name", "text"], rows);

        var lines = written[0].TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 40));
        Assert.Equal(24, lines.Sum(line => Regex.Count(line, "long|word")));
        Assert.Contains(lines, line => line.StartsWith("a\\u001b[2J  b\\u000ac", StringComparison.Ordinal));
        Assert.Equal(3, written[1].Count(c => c == '\n'));
    }

    [Fact]
    public void A_table_is_a_row_a_line_and_progress_is_not_shown()
    {
        var entries = Capture(() =>
        {
            ConsoleLog.Table(["partition", "lag"], [["0", "7"], ["1", "?"]]);
            using var progress = new ProgressLine(() => "");
            CommandContext.Current.Log.Show(progress, "12 events");
        });

        Assert.Equal(["{\"partition\":0,\"lag\":7}", "{\"partition\":1,\"lag\":\"?\"}"], entries.Select(entry => entry.GetProperty("fields").GetRawText()));
    }

    [Fact]
    public void A_code_is_that_of_the_deepest_known_cause()
    {
        var kafka = new KafkaException(ErrorCode.TopicAuthorizationFailed);

        Assert.Equal("topic_authorization_failed", ErrorCodes.Of(new HopsKafkaException("Not allowed.", innerException: kafka)));
        Assert.Equal("failed", ErrorCodes.Of(new HopsKafkaException("It failed.")));
        Assert.Equal("usage", ErrorCodes.Of(new HopsKafkaException("Wrong.", exitCode: ExitCode.Usage, innerException: new IOException())));
    }

    private static List<JsonElement> Capture(Action action, TimeProvider? time = null)
    {
        var written = new List<string>();
        using (TestCommandContext.Use(written.Add, time: time))
        {
            CommandContext.Current.Log.Format = new JsonLogFormat(CommandContext.Current.Time);
            action();
        }

        return Entries(string.Concat(written));
    }

    private static List<JsonElement> Entries(string log) =>
        [.. log.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<ToolResult> RunAsync(string tool, params string[] arguments)
    {
        await using var running = ToolTask.Start(tool, new Dictionary<string, string>(), arguments);
        return await running.WaitForExitAsync();
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
