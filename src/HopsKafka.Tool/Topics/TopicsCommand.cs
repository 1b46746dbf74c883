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

    private static readonly Option<bool> s_events = new("--describe-events")
    {
        Description = "Show count, first and last time of the topic's events, and bytes and keys of the last "
            + $"{EventSampler.SampleSize} of each partition.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("topics", "Lists the topics that the project owns or that are shared with it.") { s_name };
        command.AddConnection();
        command.AddGroup(HelpGroup.Output, s_events, SharedOptions.Json);
        command.AddExample("List the topics as JSON", "hops-kafka topics --json");
        command.AddExample("Show the partitions of a topic", "hops-kafka topics temperature");
        command.AddExample("Show how many events a topic has", "hops-kafka topics temperature --describe-events");
        command.AddCheck(result =>
        {
            if (result.GetValue(s_events) && result.GetResult(s_name) is not { Tokens.Count: > 0 })
            {
                result.AddError("Option --describe-events needs the name of a topic.");
            }
        });
        command.SetAction((parsed, stop) => new TopicsRun(new TopicsRequest(
            parsed.GetValue(SharedOptions.Config)!,
            parsed.GetValue(s_name),
            parsed.GetValue(s_events),
            parsed.GetValue(SharedOptions.Json))).RunAsync(stop));
        return command;
    }
}
