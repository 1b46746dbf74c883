using System.CommandLine;

namespace HopsKafka.Cli;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    /// <summary>Where the configuration is.</summary>
    public static Option<string> Config { get; } = new("--config", "-c")
    {
        Description = "Configuration file, in TOML.", HelpName = "FILE", DefaultValueFactory = _ => "config.toml",
    };

    /// <summary>Whether a list is printed as JSON.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON instead of text." };
}
