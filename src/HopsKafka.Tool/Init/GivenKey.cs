using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using Spectre.Console;

namespace HopsKafka.Tool.Init;

/// <summary>The API key that a user gave, by file, environment or prompt.</summary>
/// <param name="Source">Where it comes from, for messages.</param>
internal sealed record GivenKey(Secret Key, string Source)
{
    private const string Variable = "HOPSKAFKA_API__KEY";

    /// <summary>Takes the key from the file if one is named, else from the environment, else asks for it.</summary>
    /// <param name="file">The file; null when none is named.</param>
    /// <exception cref="HopsKafkaException">There is no key and nobody to ask, or what was given is none.</exception>
    public static async Task<GivenKey> TakeAsync(string? file, CancellationToken stop)
    {
        if (file is not null)
        {
            return new GivenKey(
                ApiOptions.ReadFile(file, "--api-key-file", $"Write the API key to a file and name it, or set {Variable}."), $"the key file {file}");
        }

        if (CommandContext.Current.Environment.GetValueOrDefault(Variable)?.Trim() is { Length: > 0 } text)
        {
            return Checked(text, $"the environment variable {Variable}", Variable);
        }

        return CommandContext.Current.IsInputRedirected
            ? throw new HopsKafkaException(
                "There is no API key, and no terminal to ask for one.",
                $"Name a file that holds it with --api-key-file, or set {Variable}.",
                ExitCode.Usage)
            : Checked(await AskAsync(stop), "the API key that you typed", "What you typed");
    }

    // Nothing is echoed, not even a star for each character.
    private static async Task<string> AskAsync(CancellationToken stop)
    {
        // The first look at the keyboard turns the terminal's own echo off: before the question, or a quick paste would be shown.
        _ = Console.KeyAvailable;
        ConsoleLog.FlushBriefly();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes });
        var prompt = new TextPrompt<string>("API key (it is not shown):") { AllowEmpty = true }.Secret(null);
        try
        {
            return (await prompt.ShowAsync(terminal, stop)).Trim();
        }
        catch (OperationCanceledException)
        {
            terminal.WriteLine();
            throw;
        }
    }

    private static GivenKey Checked(string text, string source, string what) => text.Length > 0 && text.All(c => c is > ' ' and <= '~')
        ? new GivenKey(new Secret(text), source)
        : throw new HopsKafkaException(
            $"{what} is no API key: it is empty, or has white space or letters that no key has.",
            "Copy the key anew from Hopsworks (account settings, API keys): one line, prefix.secret.",
            ExitCode.Usage);
}
