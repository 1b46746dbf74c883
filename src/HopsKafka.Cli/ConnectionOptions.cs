using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Configuration;

namespace HopsKafka.Cli;

/// <summary>The option of all commands for the project, and whether a configuration file was named.</summary>
internal static class ConnectionOptions
{
    private static readonly Option<string?> s_profile = Create();

    /// <summary>Adds it to a tool, for all its commands.</summary>
    public static void AddTo(RootCommand command) => command.AddGroup(HelpGroup.General, s_profile);

    /// <summary>Applies what is given to a command.</summary>
    public static void Apply(ParseResult parsed, CommandContext context)
    {
        context.Profile = parsed.GetResult(s_profile)?.Tokens is [var name] ? name.Value : null;
        context.IsConfigGiven = IsGiven(parsed.GetResult(SharedOptions.Config));
    }

    private static Option<string?> Create()
    {
        var option = new Option<string?>("--profile")
        {
            Description = $"Take host, project and API key from this profile of {HopsProfile.File}, in place of config.toml.", HelpName = "NAME", Recursive = true,
        };
        option.Validators.Add(result =>
        {
            if (IsGiven(result.GetResult(SharedOptions.Config)))
            {
                result.AddError("Options --profile and --config cannot be used together: either names the project.");
            }
        });
        return option;
    }

    private static bool IsGiven(OptionResult? option) => option is { Implicit: false };
}
