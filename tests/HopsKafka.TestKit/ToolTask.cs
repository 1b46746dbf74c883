using System.CommandLine;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.Consumer;
using HopsKafka.Producer;
using HopsKafka.Tool;

namespace HopsKafka.TestKit;

/// <summary>A command of the tools that runs in this process, with streams, environment and stop signal of its own.</summary>
public sealed class ToolTask : RunningTool
{
    private static readonly Dictionary<string, RootCommand> s_commands = new()
    {
        ["avro-producer"] = Prepared(ProducerCommand.Create()),
        ["avro-consumer"] = Prepared(ConsumerCommand.Create()),
        ["hops-kafka"] = Prepared(HopsKafkaCommand.Create()),
    };

    private const int Threads = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;
    private readonly LineStream _stdout;

    // Commands wait in librdkafka, each as if the process were its own: the pool would add threads for them too slowly.
    static ToolTask() => ThreadPool.SetMinThreads(Threads, Threads);

    private ToolTask(string name, IReadOnlyDictionary<string, string> environment, string[] arguments, string? input, int terminalWidth, Stream? stdin)
    {
        var stdout = _stdout = new LineStream(this);
        var context = new CommandContext(() => new StandardOutput(stdout))
        {
            Tool = name,
            Input = () => input is null ? TextReader.Null : new StringReader(input),
            InputStream = () => stdin ?? Stream.Null,
            IsInputRedirected = input is null,
            IsOutputRedirected = terminalWidth == 0,
            TerminalWidth = () => terminalWidth,
            Log = new LogOutput(OnError) { IsTerminal = terminalWidth > 0, TerminalWidth = () => terminalWidth },
            Environment = environment,
        };

        _run = Task.Run(async () =>
        {
            var code = await CliHost.RunAsync(s_commands[name], arguments, context, _stop.Token);
            stdout.End();
            return code;
        });
        _ = _run.ContinueWith(_ => NotifyChanged(), TaskScheduler.Default);
    }

    /// <summary>The tools.</summary>
    public static IEnumerable<string> Names => s_commands.Keys;

    protected override bool HasEnded => _run.IsCompleted;

    /// <summary>The command line of a tool, with the options of all tools.</summary>
    public static RootCommand CommandOf(string name) => s_commands[name];

    /// <summary>Starts one.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="environment">All variables of its environment.</param>
    /// <param name="arguments">Its arguments; files are named by their full paths, as the folder is that of this process.</param>
    /// <param name="input">What is typed at a terminal; null for no terminal.</param>
    /// <param name="terminalWidth">Columns of the terminal that stdout and stderr are; 0 for none.</param>
    /// <param name="stdin">What is piped in; null for nothing.</param>
    public static ToolTask Start(
        string name, IReadOnlyDictionary<string, string> environment, string[] arguments, string? input = null, int terminalWidth = 0, Stream? stdin = null) =>
        new(name, environment, arguments, input, terminalWidth, stdin);

    public override Task ReadLinesAsync(int count, string containing = "") =>
        WaitAsync($"{count} lines with '{containing}'", () => Output.Count(line => line.Contains(containing, StringComparison.Ordinal)) >= count);

    /// <summary>Closes stdout as a reader such as head does: the next write fails.</summary>
    public void CloseOutput() => _stdout.IsBroken = true;

    public override void DrainOutput()
    {
    }

    public override void Interrupt() => _stop.Cancel();

    public override async Task<ToolResult> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await WithTimeoutAsync(_run.WaitAsync(timeout.Token), "the end");
        return new ToolResult(await _run, string.Concat(Output.Select(line => line + "\n")), Error);
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    private static RootCommand Prepared(RootCommand command)
    {
        CliHost.Prepare(command);
        return command;
    }

    private void OnError(string text)
    {
        AddError(text);
        NotifyChanged();
    }

    /// <summary>Splits stdout into lines.</summary>
    private sealed class LineStream(ToolTask tool) : Stream
    {
        private readonly List<byte> _begun = [];
        private volatile bool _isBroken;

        public bool IsBroken
        {
            set => _isBroken = value;
        }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_isBroken && buffer.Length > 0)
            {
                throw new IOException("Broken pipe.");
            }

            while (buffer.IndexOf((byte)'\n') is var end and >= 0)
            {
                _begun.AddRange(buffer[..end]);
                tool.AddOutput(Encoding.UTF8.GetString(_begun.ToArray()));
                _begun.Clear();
                buffer = buffer[(end + 1)..];
            }

            _begun.AddRange(buffer);
            tool.NotifyChanged();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public void End()
        {
            if (_begun.Count > 0)
            {
                tool.AddOutput(Encoding.UTF8.GetString(_begun.ToArray()));
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
