using System.Diagnostics;
using System.Runtime.InteropServices;
using HopsKafka.Common;

namespace HopsKafka.Tool.Demo;

/// <summary>avro-producer or avro-consumer as a process, its lines collected as they are written.</summary>
internal sealed partial class ToolProcess : IAsyncDisposable
{
    private const int Sigint = 2;

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _log = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ToolProcess(Process process) => _process = process;

    /// <summary>Lines of stdout so far.</summary>
    public IReadOnlyList<string> Output => Copy(_output);

    /// <summary>Lines of stderr so far.</summary>
    public IReadOnlyList<string> Log => Copy(_log);

    /// <summary>Starts avro-producer or avro-consumer.</summary>
    public static ToolProcess Start(string name, params string[] arguments)
    {
        var (file, words) = SiblingTool.Find(name);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, [.. words, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var setting in process.StartInfo.Environment.Keys.Where(DemoEnvironment.IsSetting).ToList())
        {
            process.StartInfo.Environment.Remove(setting);
        }

        var tool = new ToolProcess(process);
        process.OutputDataReceived += (_, e) => tool.Add(tool._output, e.Data);
        process.ErrorDataReceived += (_, e) => tool.Add(tool._log, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Waits until its lines satisfy a condition.</summary>
    /// <param name="condition">The condition; checked after each line.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <returns>When it is satisfied.</returns>
    /// <exception cref="HopsKafkaException">The process ended before.</exception>
    public async Task WaitUntilAsync(Func<ToolProcess, bool> condition, string what, CancellationToken stop)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (condition(this))
            {
                return;
            }

            if (_process.HasExited)
            {
                throw new HopsKafkaException($"{Name} ended before {what}: {string.Join(" ", Log)}");
            }

            await Task.WhenAny(changed, _process.WaitForExitAsync(stop)).WaitAsync(stop);
        }
    }

    /// <summary>Stops it as Ctrl-C does. On Windows, where another process cannot be interrupted, it is killed.</summary>
    public void Interrupt()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
        else if (!_process.HasExited)
        {
            _ = kill(_process.Id, Sigint);
        }
    }

    /// <summary>Waits until it exits.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private string Name => Path.GetFileNameWithoutExtension(_process.StartInfo.FileName);

    private IReadOnlyList<string> Copy(List<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }

    private void Add(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            lines.Add(line);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
