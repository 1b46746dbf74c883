using System.CommandLine;
using System.CommandLine.Parsing;
using Confluent.SchemaRegistry;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>The command line of <c>hops-kafka schemas level</c>.</summary>
internal static class LevelCommand
{
    public const string Name = "level";

    private static readonly string[] s_levels = [.. Enum.GetValues<Compatibility>().Select(CompatibilityText.Of)];

    private static readonly Argument<string?> s_subject = new("SUBJECT")
    {
        Description = "Subject whose level is shown. [default: the project's default is shown]",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { ProjectNames.Subjects },
    };

    private static readonly Argument<string?> s_level = new("LEVEL")
    {
        Description = $"Level that the subject gets: {WordList.Or(s_levels)}.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_default = new("--default") { Description = "Set the project's default level.", HelpName = "LEVEL" };

    static LevelCommand()
    {
        s_level.CompletionSources.Add(s_levels);
        s_level.Validators.Add(result => Check("Argument LEVEL", result.Tokens, result));
        s_default.CompletionSources.Add(s_levels);
        s_default.Validators.Add(result => Check("Option --default", result.Tokens, result));
    }

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Shows the compatibility level in force for a subject, or sets that of a subject or of the project.") { s_subject, s_level };
        command.AddConnection();
        command.AddGroup(HelpGroup.Changes, s_default);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("Show the level of a subject", "hops-kafka schemas level sensor");
        command.AddExample("Check new versions against all older ones", "hops-kafka schemas level sensor FULL_TRANSITIVE");
        command.AddCheck(result =>
        {
            if (result.GetResult(s_default) is { Implicit: false } && result.GetResult(s_subject) is { Tokens.Count: > 0 })
            {
                result.AddError("Option --default sets the project's default level: it cannot be used with a subject.");
            }
        });
        command.SetAction((parsed, stop) => new LevelRun(new LevelRequest(
            parsed.GetValue(SharedOptions.Config)!,
            parsed.GetValue(s_subject),
            (parsed.GetValue(s_level) ?? parsed.GetValue(s_default)) is { } level ? CompatibilityText.Parse(level) : null,
            parsed.GetValue(SharedOptions.Json))).RunAsync(stop));
        return command;
    }

    /// <summary>Whether a word is a level rather than a subject.</summary>
    public static bool IsLevel(string word) => s_levels.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static void Check(string what, IReadOnlyList<Token> tokens, SymbolResult result)
    {
        if (tokens is [{ Value: var word }] && !s_levels.Contains(word))
        {
            var near = Suggestions.Find(word, s_levels);
            result.AddError($"{what} must be {WordList.Or(s_levels)}, not '{word}'.{(near is null ? "" : $" Did you mean {near}?")}");
        }
    }
}

/// <summary>The validated command line of <c>hops-kafka schemas level</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Subject">The subject; null for the project's default.</param>
/// <param name="Level">The level to set; null to only show.</param>
internal sealed record LevelRequest(string ConfigFile, string? Subject, Compatibility? Level, bool Json);
