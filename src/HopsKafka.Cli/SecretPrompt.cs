using Spectre.Console;

namespace HopsKafka.Cli;

/// <summary>Prompts for a secret on the terminal, on stderr as stdout is for data. The input is not echoed, not even its length.</summary>
internal static class SecretPrompt
{
    /// <summary>Prompts for the secret.</summary>
    /// <param name="question">The question with its colon.</param>
    /// <param name="allowsEmpty">Whether an empty input is accepted; otherwise the prompt is repeated.</param>
    public static async Task<string> AskAsync(string question, CancellationToken stop, bool allowsEmpty = false)
    {
        // Reading the keyboard state turns the terminal's echo off: before the prompt, or a quick paste would be echoed.
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
