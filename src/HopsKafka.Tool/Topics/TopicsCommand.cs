using System.CommandLine;

namespace HopsKafka.Tool.Topics;

/// <summary>The command line of <c>hops-kafka topics</c>.</summary>
internal static class TopicsCommand
{
    private static readonly Argument<string?> s_name = new("NAME")
    {
        Description = "Show the partitions of this topic.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> s_config = new("--config", "-c")
    {
        Description = "Configuration file in TOML format.", HelpName = "FILE", DefaultValueFactory = _ => "config.toml",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "JSON instead of a table." };

    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new Command("topics", "Lists the topics that the project owns or that are shared with it.") { s_name, s_config, s_json };
        command.SetAction((parsed, stop) =>
            new TopicsRun(new TopicsRequest(parsed.GetValue(s_config)!, parsed.GetValue(s_name), parsed.GetValue(s_json))).RunAsync(stop));
        return command;
    }
}
