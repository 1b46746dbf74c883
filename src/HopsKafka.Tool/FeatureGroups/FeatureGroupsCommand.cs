using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;

namespace HopsKafka.Tool.FeatureGroups;

/// <summary>The command line of <c>hops-kafka feature-groups</c>.</summary>
internal static class FeatureGroupsCommand
{
    private const string Materialize = "materialize";
    private const string Status = "status";

    private static readonly Argument<FeatureGroupName?> s_name = new("NAME[:VERSION]")
    {
        Description = $"Feature group whose features are shown; write NAME:VERSION for one called {Materialize} or {Status}. [default: a list of all]",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Parse(result, needsVersion: false),
        CompletionSources = { ProjectNames.FeatureGroups },
    };

    private static readonly Argument<FeatureGroupName?> s_exact = new("NAME:VERSION")
    {
        Description = "Feature group.",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(result, needsVersion: true),
        CompletionSources = { ProjectNames.FeatureGroups },
    };

    private static readonly Option<bool> s_wait = new("--wait") { Description = "Wait until the run has ended; exit 1 if it failed." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("feature-groups", "Lists the feature groups of the project's feature store and their features, starts the job of one, shows its last inserts.")
        {
            s_name, CreateMaterialize(), CreateStatus(),
        };
        command.AddConnection();
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("List the feature groups", "hops-kafka feature-groups");
        command.AddExample("Show the features of one", "hops-kafka feature-groups readings:1");
        command.SetAction((parsed, stop) => new FeatureGroupsRun(
            parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_name), parsed.GetValue(SharedOptions.Json)).RunAsync(stop));
        return command;
    }

    private static Command CreateMaterialize()
    {
        var command = new Command(Materialize, "Starts the job that copies the rows of a feature group to the offline store.") { s_exact };
        command.AddConnection();
        command.AddGroup(HelpGroup.Changes, s_wait);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("Copy the rows, and wait for it", "hops-kafka feature-groups materialize readings:1 --wait");
        command.SetAction((parsed, stop) => new MaterializeRun(
            parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_exact)!, parsed.GetValue(s_wait), parsed.GetValue(SharedOptions.Json)).RunAsync(stop));
        return command;
    }

    private static Command CreateStatus()
    {
        var command = new Command(Status, "Shows the last inserts into the online store, and the last runs of the job that copies rows to the offline store.") { s_exact };
        command.AddConnection();
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("See whether all rows have arrived", "hops-kafka feature-groups status readings:1");
        command.SetAction((parsed, stop) => new StatusRun(parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_exact)!, parsed.GetValue(SharedOptions.Json)).RunAsync(stop));
        return command;
    }

    private static FeatureGroupName? Parse(ArgumentResult result, bool needsVersion)
    {
        if (result.Tokens is not [{ Value: var text }])
        {
            return null;
        }

        if (FeatureGroupName.Parse(text) is { } name && (name.Version is not null || !needsVersion))
        {
            return name;
        }

        result.AddError($"Argument {result.Argument.Name} must be a name{(needsVersion ? " and a version" : ", or a name and a version")}, such as readings:1, not '{text}'.");
        return null;
    }
}
