namespace HopsKafka.Cli;

/// <summary>What the tools say to a person, on stderr; stdout is for data.</summary>
public static class Talk
{
    private static readonly Lock s_gate = new();
    private static readonly AsyncLocal<Action<string>?> s_capture = new();
    private static readonly string s_tool = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);
    private static ProgressLine? s_progress;
    private static bool s_silenced;

    /// <summary>Says one line.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Line(string text)
    {
        lock (s_gate)
        {
            s_progress?.Clear();
            Write(text + Environment.NewLine);
        }
    }

    /// <summary>Whether <see cref="Detail"/> says anything: option --verbose.</summary>
    public static bool IsVerbose { get; set; }

    /// <summary>Says one line for those who look for the cause of something, when the tool was started with --verbose.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Detail(string text)
    {
        if (IsVerbose)
        {
            Line($"  {text}");
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

    private static void Lines(string first, IReadOnlyList<string>? details, string? last) => Line(string.Join(
        Environment.NewLine, [first, .. (details ?? []).Select(line => $"    {line}"), .. last is null ? Array.Empty<string>() : [$"  {last}"]]));

    /// <summary>Hears what this flow of control says, in place of stderr, until the result is disposed.</summary>
    /// <param name="hear">Takes each text.</param>
    internal static IDisposable Capture(Action<string> hear)
    {
        s_capture.Value = hear;
        return new CaptureEnd();
    }

    // A full disk behind stderr, or none at all, must not end a run whose data is sound: from then on nothing more is said.
    internal static void Write(string text)
    {
        if (s_capture.Value is { } hear)
        {
            hear(text);
            return;
        }

        try
        {
            if (!s_silenced)
            {
                Console.Error.Write(text);
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
            progress.Draw(text);
        }
    }

    internal static void End(ProgressLine progress)
    {
        lock (s_gate)
        {
            progress.Clear();
            s_progress = null;
        }
    }

    private sealed class CaptureEnd : IDisposable
    {
        public void Dispose() => s_capture.Value = null;
    }
}
