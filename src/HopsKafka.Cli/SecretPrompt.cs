using Spectre.Console;

namespace HopsKafka.Cli;

/// <summary>Asks for a secret on the terminal, on stderr since stdout is data. Nothing of the answer is shown, not even its length.</summary>
internal static class SecretPrompt
{
    /// <summary>Asks.</summary>
    /// <param name="question">The question with its colon.</param>
    /// <param name="allowsEmpty">Whether an empty answer counts; else the question is repeated.</param>
    public static async Task<string> AskAsync(string question, CancellationToken stop, bool allowsEmpty = false)
    {
        // The first look at the keyboard turns the terminal's own echo off: before the question, or a quick paste would be shown.
        _ = Console.KeyAvailable;
        var isText = CommandContext.Current.Log.Format.IsForPeople;
        if (!isText)
        {
            ConsoleLog.Ask(question);
        }

        ConsoleLog.FlushBriefly();
        var output = new AnsiConsoleOutput(isText ? Console.Error : TextWriter.Null);
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Interactive = InteractionSupport.Yes });
        try
        {
            return await new TextPrompt<string>(question) { AllowEmpty = allowsEmpty }.Secret(null).ShowAsync(terminal, stop);
        }
        catch (OperationCanceledException)
        {
            terminal.WriteLine();
            throw;
        }
    }
}
