using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>What a user types, rightly and wrongly, without any server.</summary>
public sealed class CommandLineSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    [Theory]
    [InlineData("avro-producer")]
    [InlineData("avro-consumer")]
    [InlineData("hops-kafka")]
    public async Task Each_tool_answers_version_and_help(string tool)
    {
        var version = await RunProcessAsync(tool, "--version");
        var help = await RunProcessAsync(tool, "--help");

        Assert.Equal(0, version.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+(\+[0-9a-f]{9})?\n$", version.Output);
        Assert.Equal(0, help.ExitCode);
        Assert.Contains($"Usage:\n  {tool}", help.Output, StringComparison.Ordinal);
        Assert.Equal("", help.Error);
    }

    [Fact]
    public async Task Hops_kafka_without_a_command_prints_its_help()
    {
        var bare = await RunAsync("hops-kafka");

        Assert.Equal((0, ""), (bare.ExitCode, bare.Error));
        Assert.Equal((await RunAsync("hops-kafka", "--help")).Output, bare.Output);
        Assert.Contains("\n  schemas [NAME [VERSION]]  ", bare.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avro-consumer --help", "  --live [PORT]  ")]
    [InlineData("avro-consumer --help", "  -g, --group <NAME>  ")]
    [InlineData("hops-kafka schemas --help", "  hops-kafka schemas [NAME [VERSION]] [options]\n")]
    [InlineData("hops-kafka schemas --help", "\n  [VERSION]  ")]
    [InlineData("hops-kafka topics -h", "\n  [NAME]  ")]
    public async Task The_help_shows_what_is_optional(string commandLine, string shown)
    {
        var words = commandLine.Split(' ');

        Assert.Contains(shown, (await RunProcessAsync(words[0], words[1..])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avro-producer", "--dry-run -e -1")]
    [InlineData("avro-consumer", "--decode pipe")]
    [InlineData("hops-kafka", "sandbox --dir box")]
    public async Task No_tool_leaves_a_core_dump(string tool, string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits of another process are read from /proc, which only Linux has.");
        Assert.Equal(0, ExternalProgram.TryRun("mkfifo", _dir.Path, "pipe")!.ExitCode);
        await using var running = ToolProcess.Start(tool, _dir.Path, null, arguments.Split(' '));

        await Poll.UntilAsync(
            "a limit of 0", () => File.ReadAllText($"/proc/{running.Id}/limits").Contains("Max core file size        0                    0 ", StringComparison.Ordinal),
            () => File.ReadAllText($"/proc/{running.Id}/limits"));
    }

    [Theory]
    [InlineData("hops-kafka", "sandbox --kafka-home ''", "Option --kafka-home must be a folder, not an empty text.")]
    [InlineData("hops-kafka", "sandbox --dir ''", "Option --dir must be a folder, not an empty text.")]
    [InlineData("hops-kafka", "sandbox --schema ''", "Option --schema must be a file, not an empty text.")]
    [InlineData("hops-kafka", "demo --out ''", "Option --out must be a folder, not an empty text.")]
    [InlineData("hops-kafka", "setup --schema ''", "Option --schema must be a file, not an empty text.")]
    [InlineData("hops-kafka", "certs --out ''", "Option --out must be a folder, not an empty text.")]
    [InlineData("hops-kafka", "init --host h --project ''", "Option --project must be a name, not an empty text.")]
    [InlineData("hops-kafka", "init --host h --project p --verify ''", "Option --verify must be true, false or FILE, not an empty text.")]
    [InlineData("hops-kafka", "schemas ''", "Argument NAME must be a name, not an empty text.")]
    [InlineData("hops-kafka", "schemas sensor ''", "Argument VERSION must be a value, not an empty text.")]
    [InlineData("hops-kafka", "groups ''", "Argument NAME must be a name, not an empty text.")]
    [InlineData("hops-kafka", "topics ''", "Argument NAME must be a name, not an empty text.")]
    [InlineData("hops-kafka", "doctor -g ''", "Option --group must be a name, not an empty text.")]
    [InlineData("avro-producer", "--replay ''", "Option --replay must be a file, not an empty text.")]
    [InlineData("avro-producer", "-c '' --dry-run", "Option --config must be a file, not an empty text.")]
    [InlineData("avro-consumer", "--reader-schema ''", "Option --reader-schema must be a file, not an empty text.")]
    [InlineData("avro-consumer", "--on-error dead-letter ''", "Option --on-error must be ")]
    [InlineData("avro-consumer", "--decode ''", "Option --decode must be a file, not an empty text.")]
    [InlineData("avro-consumer", "--draw '' --plot a.png", "Option --draw must be FILE.jsonl ..., not an empty text.")]
    public async Task An_empty_value_is_refused_by_every_option_and_argument(string tool, string arguments, string message)
    {
        var result = await RunAsync(tool, [.. arguments.Split(' ').Select(word => word == "''" ? "" : word)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains(", not an empty text.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hops-kafka", "init --host h --project p --api-key SECRETKEY123", "Unrecognized command or argument '--api-key'. Did you mean --api-key-file?")]
    [InlineData("hops-kafka", "init --api-key=SECRETKEY123", "Unrecognized command or argument '--api-key'. Did you mean --api-key-file?")]
    [InlineData("hops-kafka", "init --host h --project p SECRETKEY123", "hops-kafka init takes no argument: there is one argument too many ")]
    [InlineData("hops-kafka", "SECRETKEY123 other", "Unrecognized command (not repeated here, as it may be a secret).")]
    [InlineData("hops-kafka", "groups name -SECRETKEY123", "Unrecognized option (not repeated here, as it may be a secret).")]
    [InlineData("avro-producer", "-c config.toml SECRETKEY123", "avro-producer takes no argument: there is one argument too many ")]
    [InlineData("avro-producer", "SECRETKEY123 --bogus SECRETKEY123", "Unrecognized command or argument '--bogus'.\nerror: avro-producer takes no argument: there are 2 arguments")]
    [InlineData("hops-kafka", "topics -SECRETKEY123", "Unrecognized option (not repeated here, as it may be a secret).")]
    [InlineData("hops-kafka", "groups name SECRETKEY123", "hops-kafka groups takes only NAME: there is one argument too many ")]
    [InlineData("hops-kafka", "schemas name 1 SECRETKEY123", "hops-kafka schemas takes only NAME and VERSION: there is one argument too many ")]
    [InlineData("hops-kafka", "groups NAME --reset end", "Unrecognized command or argument '--reset'. Did you mean --reset-to?")]
    public async Task What_may_be_a_secret_is_never_repeated(string tool, string arguments, string message)
    {
        var result = await RunAsync(tool, arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETKEY123", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help doctor", "doctor --help")]
    public async Task The_word_help_prints_the_help(string words, string option)
    {
        var help = await RunAsync("hops-kafka", words.Split(' '));

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Equal((await RunAsync("hops-kafka", option.Split(' '))).Output, help.Output);
    }

    [Theory]
    [InlineData("hops-kafka", "groups NAME -y", "Option --yes cannot be used without --reset-to, --shift or --delete.")]
    [InlineData("hops-kafka", "groups NAME --dry-run", "Option --dry-run cannot be used without --reset-to, --shift or --delete.")]
    [InlineData("hops-kafka", "groups NAME --shift 1 --dry-run -y", "Option --yes cannot be used with --dry-run, which does not ask.")]
    [InlineData("hops-kafka", "groups NAME --shift 1 --reset-to end --delete", "Options --reset-to, --shift and --delete cannot be used together.")]
    [InlineData("hops-kafka", "groups NAME --shift 0", "Option --shift must be a number other than 0.")]
    [InlineData("hops-kafka", "topics --describe-events", "Option --describe-events needs the name of a topic.")]
    [InlineData("hops-kafka", "groups --delete", "Option --delete needs the name of a group.")]
    [InlineData("hops-kafka", "sandbox --port 40001 --kafka-port 40001", "Options --port and --kafka-port name the same port, 40001.")]
    [InlineData("hops-kafka", "sandbox --port 40002 --kafka-port 40001 --brokers 2", "Option --port names a port of --kafka-port 40001 with --brokers 2, 40002.")]
    [InlineData("avro-producer", "-e abc", "Option --events must be a whole number, not 'abc'.")]
    [InlineData("avro-producer", "-t -1", "Option --time must be a whole number from 0 to 9007199254740992, not -1.")]
    [InlineData("avro-producer", "-d soon", "Option --delay must be a number of seconds from 0 to 1000000, such as 0.5, not 'soon'.")]
    [InlineData("avro-producer", "--rate 0", "Option --rate must be a number per second from 0.001 to 10000000, not '0'.")]
    [InlineData("avro-producer", "--rate 5 -d 1", "Option --rate cannot be used with --delay: either paces the events.")]
    [InlineData("avro-producer", "-s 0", "Option --sensors must be a whole number from 1 to 1000000, not 0.")]
    [InlineData("avro-producer", "--plot x.png", "Option --plot cannot be used without --dry-run")]
    [InlineData("avro-producer", "--bogus", "Unrecognized command or argument '--bogus'.")]
    [InlineData("avro-producer", "--dry-run --plot x.gif", "only PNG and SVG files can be drawn")]
    [InlineData("avro-producer", "--dry-run --plot none/x.png", "there is no folder")]
    [InlineData("avro-producer", "--dry-run --shard 9/9", "Shard 9/9 has no sensor: there are only 8.")]
    [InlineData("avro-producer", "--resume --no-header", "Option --resume cannot be used with --no-header")]
    [InlineData("avro-producer", "-c absent.toml", "absent.toml: there is no such file")]
    [InlineData("avro-producer", "--dry-run -c absent.toml", "absent.toml: there is no such file")]
    [InlineData("avro-consumer", "", "config.toml: there is no such file")]
    [InlineData("avro-consumer", "-n 0", "Option --max-events must be a whole number from 1, not 0.")]
    [InlineData("avro-consumer", "-s 65", "Option --sensors must be a whole number from 1 to 64, not 65.")]
    [InlineData("avro-consumer", "-s 3", "Option --sensors cannot be used without --plot or --live.")]
    [InlineData("avro-consumer", "--exit-at-end --until 0:5", "Options --exit-at-end and --until cannot be used together")]
    [InlineData("avro-consumer", "--partition 0 --from 10 --until 9", "Option --until 9 lies before --from 10: nothing could be read.")]
    [InlineData("avro-consumer", "--x time", "Option --x cannot be used without --plot or --live.")]
    [InlineData("avro-consumer", "--x when --plot a.png", "Option --x must be step, time or events, not 'when'.")]
    [InlineData("avro-consumer", "--plot-every 0.05 --plot a.png", "Option --plot-every must be a number of seconds from 0.1 to 1000000, such as 0.5, not '0.05'.")]
    [InlineData("avro-consumer", "--plot-field a..b --plot a.png", "Option --plot-field must be the name of a field such as place.city, not 'a..b'.")]
    [InlineData("avro-consumer", "--value hex --plot a.png", "Options --plot and --live need --value avro")]
    [InlineData("avro-consumer", "--live 70000", "Option --live must be a TCP port from 0 to 65535, not '70000'.")]
    [InlineData("avro-consumer", "--draw a.jsonl", "Option --draw needs --plot FILE")]
    [InlineData("avro-consumer", "--draw absent.jsonl --plot a.png", "absent.jsonl cannot be read: there is no such file.")]
    [InlineData("avro-consumer", "--draw absent.jsonl --plot a.gif", "only PNG and SVG files can be drawn")]
    [InlineData("avro-producer", "--sensor 3", "Unrecognized command or argument '--sensor'. Did you mean --sensors?")]
    [InlineData("avro-consumer", "--form=end", "Unrecognized command or argument '--form'. Did you mean --from?")]
    [InlineData("avro-consumer", "-z", "Unrecognized command or argument '-z'.")]
    [InlineData("hops-kafka", "docter --round-trip", "Unrecognized command or argument 'docter'. Did you mean doctor?")]
    [InlineData("hops-kafka", "topics --jsn", "Unrecognized command or argument '--jsn'. Did you mean --json?")]
    [InlineData("hops-kafka", "topics --quick", "Unrecognized command or argument '--quick'.")]
    [InlineData("hops-kafka", "topics -- --jsn", "config.toml: there is no such file")]
    [InlineData("hops-kafka", "topics --verbos", "Unrecognized command or argument '--verbos'. Did you mean --verbose?")]
    [InlineData("hops-kafka", "sandbox --compat 9", "Option --compat must be 2.2, 2.5, 3.3, 3.4, 4.0 or 5.2, not '9'.")]
    [InlineData("hops-kafka", "sandbox --group-protocol new", "Option --group-protocol must be consumer or classic, not 'new'.")]
    [InlineData("hops-kafka", "completion cmd", "Argument SHELL must be bash, zsh, fish or pwsh, not 'cmd'.")]
    [InlineData("hops-kafka", "man tar", "Argument TOOL must be avro-producer, avro-consumer or hops-kafka, not 'tar'.")]
    [InlineData("hops-kafka", "topics --log-format xml", "Option --log-format must be text or json, not 'xml'.")]
    [InlineData("avro-consumer", "--from soon", "08:00:00Z or an age such as -1h, not 'soon'.")]
    [InlineData("avro-consumer", "--partition x", "Option --partition must be numbers of partitions such as 0,1, not 'x'.")]
    [InlineData("hops-kafka", "sandbox --port 70000", "Option --port must be a whole number from 0 to 65535, not 70000.")]
    [InlineData("hops-kafka", "sandbox --schema absent.avsc", "The schema file absent.avsc cannot be read: there is no such file.")]
    [InlineData("hops-kafka", "sandbox --kafka-home absent", "absent")]
    public async Task A_wrong_command_line_ends_with_exit_code_2_and_a_sentence_on_stderr(string tool, string arguments, string message)
    {
        var result = await RunAsync(tool, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.TrimEnd('\n').Split('\n').Length, 1, 2);
    }

    [Fact]
    public async Task Each_of_several_errors_has_a_line_and_the_last_one_the_remedy()
    {
        var text = await RunAsync("avro-producer", "-e", "x", "-s", "0");
        var json = await RunAsync("avro-producer", "-e", "x", "-s", "0", "--log-format", "json");

        Assert.Equal(2, text.ExitCode);
        Assert.Equal(
            ["  avro-producer --help lists the options.",
                "error: Option --events must be a whole number, not 'x'.",
                "error: Option --sensors must be a whole number from 1 to 1000000, not 0."],
            text.Error.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
        Assert.EndsWith(".\n  avro-producer --help lists the options.\n", text.Error, StringComparison.Ordinal);
        Assert.Equal(2, json.Error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_is_reported_with_file_line_and_column()
    {
        var file = _dir.Write("config.toml", "[hops]\nurl = 'localhost'\nverfy = true\n");

        var result = await RunAsync("avro-consumer", "-c", file);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: {file}(3,1): ", result.Error, StringComparison.Ordinal);
        Assert.Contains("verify", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _dir.Dispose();

    private static async Task<ToolResult> RunAsync(string tool, params string[] arguments)
    {
        await using var running = ToolTask.Start(tool, new Dictionary<string, string>(), arguments);
        return await running.WaitForExitAsync();
    }

    private async Task<ToolResult> RunProcessAsync(string tool, params string[] arguments)
    {
        await using var running = ToolProcess.Start(tool, _dir.Path, null, arguments);
        return await running.WaitForExitAsync();
    }
}
