using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HopsKafka.TestKit;

/// <summary>One of the executables as a real process. Its stdout is read line by line, and can be closed as <c>head</c> does.</summary>
public sealed partial class ToolProcess : RunningTool
{
    public const int Sighup = 1;
    public const int Sigint = 2;
    public const int Sigkill = 9;
    public const int Sigterm = 15;
    public const int Sigcont = 18;
    public const int Sigstop = 19;

    private readonly Process _process;
    private readonly TaskCompletionSource _errorEnded = new();
    private bool _outputClosed;
    private Task? _reading;

    private ToolProcess(Process process) => _process = process;

    public int Id => _process.Id;

    protected override bool HasEnded => _errorEnded.Task.IsCompleted;

    public static ToolProcess Start(string name, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(ToolFolder.PathOf(name), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The tools reject them as unknown settings.
        foreach (var ours in start.Environment.Keys.Where(k => k.StartsWith("HOPSKAFKA_FUZZ_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(ours);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var tool = new ToolProcess(Process.Start(start)!);
        tool._process.StandardInput.Close();
        tool._process.ErrorDataReceived += (_, e) => tool.OnError(e.Data);
        tool._process.BeginErrorReadLine();
        return tool;
    }

    public override async Task ReadLinesAsync(int count, string containing = "")
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (Output.Count(line => line.Contains(containing, StringComparison.Ordinal)) < count)
        {
            var reading = _process.StandardOutput.ReadLineAsync(timeout.Token).AsTask();
            await WithTimeoutAsync(reading, $"{count} lines with '{containing}'");
            var line = await reading;
            Assert.True(line is not null, $"stdout ended before {count} lines with '{containing}' came: {this}");
            AddOutput(line);
        }
    }

    public override void Interrupt() => Signal(Sigint);

    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a signal to any process.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, kill(process, signal));

    /// <summary>Closes the reading end of the pipe that is the tool's stdout.</summary>
    public void CloseOutput()
    {
        _outputClosed = true;
        _process.StandardOutput.Close();
    }

    public override void DrainOutput() => _reading ??= ReadToEndAsync();

    public override async Task<ToolResult> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        if (!_outputClosed)
        {
            DrainOutput();
            await WithTimeoutAsync(_reading!.WaitAsync(timeout.Token), "the end of stdout");
        }

        await WithTimeoutAsync(_process.WaitForExitAsync(timeout.Token), "the end");
        await WithTimeoutAsync(_errorEnded.Task.WaitAsync(timeout.Token), "the end of stderr");
        return new ToolResult(_process.ExitCode, string.Concat(Output.Select(line => line + "\n")), Error);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            AddOutput(line);
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
            AddError(line + "\n");
        }

        NotifyChanged();
    }
}
