using System.Collections.Concurrent;
using System.Diagnostics;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>A Java program that is stopped when its standard input closes, and so when this process exits for any reason.</summary>
internal sealed class JavaProcess : IAsyncDisposable
{
    private const int KeptLines = 50;
    private const string ErrorMark = " ERROR ";

    // The shell ignores Ctrl-C, which the terminal sends to all: the brokers stop on request. Its watcher
    // waits for the end of the pipe that this process holds open.
    private const string Wrapper = """
        trap '' INT
        exec 3<&0
        "$@" </dev/null 3<&- & java=$!
        { read -r _ <&3; kill "$java"; sleep 15; kill -9 "$java"; } >/dev/null 2>&1 & watcher=$!
        wait "$java"; code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(17);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string? _log;

    private JavaProcess(Process process, string? log)
    {
        _process = process;
        _log = log;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Completes when the process exits.</summary>
    public Task Exited { get; }

    /// <summary>The exit code, after it has exited.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts Java.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="log">Path of the log that the program writes; null when it writes none.</param>
    public static JavaProcess Start(string java, IEnumerable<string> arguments, string folder, string? log = null)
    {
        string[] command = OperatingSystem.IsWindows() ? [java, .. arguments] : ["/bin/sh", "-c", Wrapper, "sh", java, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new JavaProcess(new Process { StartInfo = start }, log);
    }

    /// <summary>Why it exited: the first error of its log, otherwise its last line.</summary>
    /// <returns>One line.</returns>
    public string Cause() => (_log is not null && File.Exists(_log) ? CauseIn(_log) : null)
        ?? _lines.LastOrDefault(IsInformative) ?? "it printed nothing";

    /// <summary>The first error of a log, with the exception that it shows.</summary>
    /// <param name="log">Path of the log.</param>
    /// <returns>One line; null when the log holds no error.</returns>
    public static string? CauseIn(string log)
    {
        var lines = File.ReadLines(log)
            .Where(IsInformative)
            .SkipWhile(line => !line.Contains(ErrorMark, StringComparison.Ordinal)).Take(2).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var error = lines[0][(lines[0].IndexOf(ErrorMark, StringComparison.Ordinal) + ErrorMark.Length)..];
        // Entries begin with their date: a line without one shows the exception of the entry before it.
        return lines.Count == 1 || char.IsAsciiDigit(lines[1][0]) ? error : $"{error}: {lines[1]}";
    }

    /// <summary>Stops it (on Windows, kills it) and waits; after 15 s it is killed.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsWindows() && !Exited.IsCompleted)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.StandardInput.Close();
        if (await Task.WhenAny(Exited, Task.Delay(s_timeout)) != Exited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await Exited;
        _process.Dispose();
    }

    private static bool IsInformative(string line) =>
        line.Trim() is { Length: > 0 } text
        && !text.StartsWith("at ", StringComparison.Ordinal) && !text.StartsWith("... ", StringComparison.Ordinal);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > KeptLines)
        {
            _lines.TryDequeue(out _);
        }
    }
}
