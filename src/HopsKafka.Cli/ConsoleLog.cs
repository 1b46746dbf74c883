using System.Diagnostics;
using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>
/// What the tools say to a person, on stderr; stdout is for data. No caller waits for the reader of stderr (<see cref="LogQueue"/>),
/// and no text steers a terminal or makes a line of its own (<see cref="TerminalText"/>).
/// </summary>
internal static class ConsoleLog
{
    private const int LongestWrite = 64 * 1024;

    private static readonly Lock s_gate = new();
    private static readonly AsyncLocal<Action<string>?> s_capture = new();
    private static readonly string s_tool = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);
    private static readonly LogQueue s_queue = new(WriteNow);
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestAfterStop = TimeSpan.FromSeconds(2);
    private static ProgressLine? s_progress;
    private static TextWriter? s_error;
    private static bool s_silenced;

    /// <summary>Says one line.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Info(string text) => Lines(text, null, null);

    /// <summary>Asks; the answer comes on the same line.</summary>
    /// <param name="question">The question.</param>
    public static void Ask(string question) => Add(TerminalText.Escape(question));

    /// <summary>
    /// Waits until all is written. A reader that takes nothing for 30 s is waited for no longer; after a signal, for 2 s.
    /// </summary>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    public static void Flush(CancellationToken stop = default) =>
        s_queue.Flush(idle => idle < (stop.IsCancellationRequested ? s_longestAfterStop : s_longest));

    /// <summary>Lets what was said so far appear before something else is written to the terminal; waits for a second at most.</summary>
    public static void FlushBriefly() => Flush(s_moment);

    /// <summary>Waits until all is written, but not longer than this.</summary>
    /// <param name="limit">How long.</param>
    internal static void Flush(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        s_queue.Flush(_ => clock.Elapsed < limit);
    }

    /// <summary>What the library logs, on stderr.</summary>
    public static ILogger Logger { get; } = new ConsoleLogger();

    /// <summary>Whether <see cref="Detail"/> says anything: option --verbose.</summary>
    public static bool IsVerbose { get; set; }

    /// <summary>Says one line for those who look for the cause of something, when the tool was started with --verbose.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Detail(string text)
    {
        if (IsVerbose)
        {
            Info($"  {text}");
        }
    }

    /// <summary>Says something that the user should know although the tool goes on.</summary>
    /// <param name="text">The warning, without secrets.</param>
    public static void Warning(string text) => Warning(text, null);

    /// <summary>Says something that takes more than a line, such as a difference.</summary>
    /// <param name="text">The warning, without secrets.</param>
    /// <param name="details">More lines, each indented below it; null for none.</param>
    public static void Warning(string text, IReadOnlyList<string>? details) => Lines($"Warning: {text}", details, null);

    /// <summary>Says what ended the tool, and what to do about it.</summary>
    /// <param name="message">What failed, where and why.</param>
    /// <param name="remedy">What to do; null when the message says it.</param>
    /// <param name="details">More lines between the two; null for none.</param>
    public static void Error(string message, string? remedy, IReadOnlyList<string>? details = null) =>
        Lines($"{s_tool}: {message}", details, remedy);

    private static void Lines(string first, IReadOnlyList<string>? details, string? last)
    {
        string[] lines = [first, .. (details ?? []).Select(line => $"    {line}"), .. last is null ? Array.Empty<string>() : [$"  {last}"]];
        Add(string.Concat(lines.Select(line => TerminalText.Escape(line) + Environment.NewLine)));
    }

    private static void Add(string text)
    {
        if (s_capture.Value is { } hear)
        {
            hear(text);
            return;
        }

        lock (s_gate)
        {
            s_queue.Add(s_progress?.Clear() + text);
        }
    }

    /// <summary>Hears what this flow of control says, in place of stderr, until the result is disposed.</summary>
    /// <param name="hear">Takes each text.</param>
    internal static IDisposable Capture(Action<string> hear)
    {
        s_capture.Value = hear;
        return new CaptureEnd();
    }

    // A full disk behind stderr, or none at all, must not end a run whose data is sound: from then on nothing more is said.
    private static void WriteNow(string text)
    {
        try
        {
            if (!s_silenced)
            {
                // A message is one write(2): other processes that share stderr do not cut it.
                s_error ??= new StreamWriter(Console.OpenStandardError(), Console.Error.Encoding, LongestWrite);
                s_error.Write(text);
                s_error.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Which of them depends on what the descriptor is by now: a closed one may have become something else of the runtime's.
            s_silenced = true;
        }
    }

    internal static void Show(ProgressLine progress, string text)
    {
        lock (s_gate)
        {
            s_progress = progress;
            progress.Draw(text, s_queue);
        }
    }

    internal static void End(ProgressLine progress)
    {
        lock (s_gate)
        {
            s_progress = null;
            if (progress.Clear() is { Length: > 0 } clear)
            {
                s_queue.Add(clear);
            }
        }
    }

    private sealed class CaptureEnd : IDisposable
    {
        public void Dispose() => s_capture.Value = null;
    }
}
