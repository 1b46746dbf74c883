using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tool.Init;

/// <summary>The API key that a user gave, by file, environment, profile or prompt.</summary>
/// <param name="Source">Where it comes from, for messages.</param>
internal sealed record GivenKey(Secret Key, string Source)
{
    private const string Variable = "HOPSKAFKA_API__KEY";

    /// <summary>Whether the tools' own variable holds a key.</summary>
    public static bool IsInEnvironment(IReadOnlyDictionary<string, string> environment) => !string.IsNullOrWhiteSpace(environment.GetValueOrDefault(Variable));

    /// <summary>Reads the key from the file if given, otherwise from the environment or a profile, otherwise from a prompt.</summary>
    /// <param name="file">The file; null when none is named.</param>
    /// <param name="found">What the variables of Hopsworks' clients or a profile set; null for nothing.</param>
    /// <exception cref="HopsKafkaException">There is no key and no terminal for a prompt, or the key is invalid.</exception>
    public static async Task<GivenKey> TakeAsync(string? file, ServerSettings? found, CancellationToken stop)
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

        if (found?.ApiKey is { } key)
        {
            return new GivenKey(key.Value, key.IsVariable ? $"the environment variable {key.Source}" : key.Source);
        }

        return CommandContext.Current.IsInputRedirected
            ? throw new HopsKafkaException(
                "No API key is set, and there is no terminal for a prompt.",
                $"Name a file that holds it with --api-key-file, or set {Variable} or HOPSWORKS_API_KEY.{(found?.Hint is { } hint ? $" {hint}" : "")}",
                ExitCode.Usage)
            : Checked((await SecretPrompt.AskAsync("API key (it is not shown):", stop, allowsEmpty: true)).Trim(), "the API key that you typed", "What you typed");
    }

    private static GivenKey Checked(string text, string source, string what) => text.Length > 0 && text.All(c => c is > ' ' and <= '~')
        ? new GivenKey(new Secret(text), source)
        : throw new HopsKafkaException(
            $"{what} is no API key: it is empty, or has white space or letters that no key has.",
            "Copy the key again from Hopsworks (account settings, API keys): one line, prefix.secret.",
            ExitCode.Usage);
}
