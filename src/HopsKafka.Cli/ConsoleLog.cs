using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>The messages of the running command (<see cref="CommandContext.Current"/>).</summary>
internal static class ConsoleLog
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    /// <summary>What the library logs for this command, also from threads of librdkafka.</summary>
    public static ILogger Logger => Log.Logger;

    private static LogOutput Log => CommandContext.Current.Log;

    /// <summary>Says one line.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Info(string text) => Log.Lines(text);

    /// <summary>Asks; the answer comes on the same line.</summary>
    public static void Ask(string question) => Log.Ask(question);

    /// <summary>Lets what was said so far appear before something else is written to the terminal; waits for a second at most.</summary>
    public static void FlushBriefly() => Log.Flush(s_moment);

    /// <summary>Says one line for those who look for the cause of something, when the tool was started with --verbose.</summary>
    /// <param name="text">The line, without secrets.</param>
    public static void Detail(string text)
    {
        if (Log.IsVerbose)
        {
            Info($"  {text}");
        }
    }

    /// <summary>Says something that the user should know although the tool goes on.</summary>
    /// <param name="text">The warning, without secrets.</param>
    public static void Warning(string text) => Warning(text, null);

    /// <summary>Says something that the user should know, unless it was said before.</summary>
    /// <param name="text">The warning, without secrets.</param>
    public static void WarningOnce(string text)
    {
        if (Log.IsNew(text))
        {
            Warning(text);
        }
    }

    /// <summary>Says something that takes more than a line, such as a difference.</summary>
    /// <param name="text">The warning, without secrets.</param>
    /// <param name="details">More lines, each indented below it; null for none.</param>
    public static void Warning(string text, IReadOnlyList<string>? details) => Log.Lines($"Warning: {text}", details);

    /// <summary>Says what ended the tool, and what to do about it.</summary>
    /// <param name="message">What failed, where and why.</param>
    /// <param name="remedy">What to do; null when the message says it.</param>
    /// <param name="details">More lines between the two; null for none.</param>
    public static void Error(string message, string? remedy, IReadOnlyList<string>? details = null) =>
        Log.Lines($"{CommandContext.Current.Tool}: {message}", details, remedy);
}
