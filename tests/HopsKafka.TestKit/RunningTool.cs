using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace HopsKafka.TestKit;

/// <summary>One of the executables as a real process. Its stdout is read line by line, and can be closed as <c>head</c> does.</summary>
public sealed partial class RunningTool : IAsyncDisposable
{
    public const int Sighup = 1;
    public const int Sigint = 2;
    public const int Sigkill = 9;
    public const int Sigterm = 15;
    public const int Sigcont = 18;
    public const int Sigstop = 19;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _errorEnded = new();
    private readonly SemaphoreSlim _news = new(0);
    private bool _outputClosed;
    private Task? _reading;

    private RunningTool(Process process) => _process = process;

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    public int Id => _process.Id;

    public static RunningTool Start(string name, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(ToolFolder.PathOf(name), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // To the tools these are settings that they do not know.
        foreach (var ours in start.Environment.Keys.Where(k => k.StartsWith("HOPSKAFKA_FUZZ_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(ours);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var tool = new RunningTool(Process.Start(start)!);
        tool._process.StandardInput.Close();
        tool._process.ErrorDataReceived += (_, e) => tool.OnError(e.Data);
        tool._process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Reads stdout until a number of lines that hold a text have come.</summary>
    public async Task ReadLinesAsync(int count, string holding = "")
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (Output.Count(line => line.Contains(holding, StringComparison.Ordinal)) < count)
        {
            var reading = _process.StandardOutput.ReadLineAsync(patience.Token).AsTask();
            await InTimeAsync(reading, $"{count} lines with '{holding}'");
            var line = await reading;
            Assert.True(line is not null, $"stdout ended before {count} lines with '{holding}' came: {this}");
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }

    /// <summary>Waits until stderr holds a text. Stdout is not read meanwhile.</summary>
    public async Task WaitForTalkAsync(string text, int times = 1)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (Error.Split(text).Length - 1 < times)
        {
            Assert.False(_errorEnded.Task.IsCompleted, $"stderr ended before '{text}' came: {this}");
            await InTimeAsync(_news.WaitAsync(patience.Token), $"'{text}' on stderr");
        }
    }

    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a signal to any process.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, kill(process, signal));

    /// <summary>Closes the reading end of the pipe that is the tool's stdout.</summary>
    public void CloseOutput()
    {
        _outputClosed = true;
        _process.StandardOutput.Close();
    }

    /// <summary>Reads stdout from now on, so that the tool never waits for its reader; there is no limit to how long it may run.</summary>
    public void ReadOn() => _reading ??= ReadToEndAsync();

    /// <summary>Reads the rest and waits for the end, which is to come soon.</summary>
    public async Task<ToolResult> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        if (!_outputClosed)
        {
            ReadOn();
            await InTimeAsync(_reading!.WaitAsync(patience.Token), "the end of stdout");
        }

        await InTimeAsync(_process.WaitForExitAsync(patience.Token), "the end");
        await InTimeAsync(_errorEnded.Task.WaitAsync(patience.Token), "the end of stderr");
        return new ToolResult(_process.ExitCode, string.Concat(Output.Select(line => line + "\n")), Error);
    }

    public override string ToString() => $"--- stdout\n{string.Join('\n', Output)}\n--- stderr\n{Error}";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _news.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }

    // Says what the tool did until then: without that nobody can tell a tool that hangs from one that does too much.
    private async Task InTimeAsync(Task task, string what)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            var output = Output;
            Assert.Fail(
                $"Waited {s_patience.TotalSeconds:0} s for {what}. {output.Count} lines of stdout came, last: '{(output.Count > 0 ? output[^1] : "")}'. --- stderr\n{Error}");
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private void OnError(string? line)
    {
        if (line is null)
        {
            _errorEnded.TrySetResult();
        }
        else
        {
            lock (_error)
            {
                _error.Append(line).Append('\n');
            }
        }

        _news.Release();
    }
}
