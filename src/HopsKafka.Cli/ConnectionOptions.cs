using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Configuration;

namespace HopsKafka.Cli;

/// <summary>The options of commands that use a project: a configuration file, or a profile in its place.</summary>
internal static class ConnectionOptions
{
    /// <summary>The profile.</summary>
    public static Option<string?> Profile { get; } = Create();

    /// <summary>Their names.</summary>
    public static string[] Names => [SharedOptions.Config.Name, Profile.Name];

    /// <summary>Adds them to a command.</summary>
    public static void AddConnection(this Command command) => command.AddGroup(HelpGroup.Connection, SharedOptions.Config, Profile);

    /// <summary>Applies what is given to a command.</summary>
    public static void Apply(ParseResult parsed, CommandContext context)
    {
        context.Profile = parsed.GetResult(Profile)?.Tokens is [var name] ? name.Value : null;
        context.IsConfigGiven = IsGiven(parsed.GetResult(SharedOptions.Config));
    }

    private static Option<string?> Create()
    {
        var option = new Option<string?>("--profile")
        {
            Description = $"Take host, project and API key from this profile of {HopsProfile.File}, in place of config.toml.", HelpName = "NAME",
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
