using System.CommandLine;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Topics;

/// <summary>The command line of <c>hops-kafka topics</c>.</summary>
internal static class TopicsCommand
{
    private static readonly Argument<string?> s_name = new("NAME")
    {
        Description = "Topic whose partitions are shown.", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProjectNames.Topics },
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("topics", "Lists the topics that the project owns or that are shared with it.") { s_name };
        command.AddGroup(HelpGroup.Connection, SharedOptions.Config);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("List the topics as JSON", "hops-kafka topics --json");
        command.AddExample("Show the partitions of a topic", "hops-kafka topics temperature");
        command.SetAction((parsed, stop) =>
            new TopicsRun(new TopicsRequest(parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_name), parsed.GetValue(SharedOptions.Json))).RunAsync(stop));
        return command;
    }
}
