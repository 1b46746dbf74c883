using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Setup;

/// <summary>The command line of <c>hops-kafka setup</c>.</summary>
internal static class SetupCommand
{
    private static readonly Option<string?> s_schema = new("--schema")
    {
        Description = "File with the Avro schema to register under its full name. [default: [kafka] schema_file, or the tutorial's for subject sensor]",
        HelpName = "FILE",
    };

    private static readonly Option<long> s_partitions = NumberOptions.Whole(
        "--partitions", [], "Partitions of a new topic. [default: 2]", 0, 1, 100_000);

    private static readonly Option<long> s_replicas = NumberOptions.Whole(
        "--replicas", [], "Replicas of each partition of a new topic, at most one per broker. [default: 1]", 0, 1, 1000);

    private static readonly Option<bool> s_delete = new("--delete")
    {
        Description = "Delete the topic with its events, then the subject, after a confirmation.",
    };

    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "With --delete, do not ask for confirmation." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        s_partitions.DefaultValueFactory = null;
        s_replicas.DefaultValueFactory = null;
        var command = new Command("setup", "Registers the schema and creates the topic of the configuration, where they are missing.");
        command.AddConnection();
        command.AddGroup(HelpGroup.Changes, s_schema, s_partitions, s_replicas, s_delete, s_yes);
        command.AddExample("Create the topic with four partitions", "hops-kafka setup --partitions 4");
        command.AddExample("Delete topic and subject again", "hops-kafka setup --delete");
        command.AddCheck(Check);
        command.SetAction((parsed, stop) => Request(parsed) is { Delete: true } request
            ? new SetupDeletion(request).RunAsync(stop)
            : new SetupRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static void Check(CommandResult result)
    {
        var delete = result.GetValue(s_delete);
        if (result.GetValue(s_yes) && !delete)
        {
            result.AddError("Option --yes cannot be used without --delete, the only action that asks.");
        }

        if (delete && (result.GetResult(s_partitions) ?? result.GetResult(s_replicas)) is not null)
        {
            result.AddError("Options --partitions and --replicas cannot be used with --delete.");
        }
    }

    private static SetupRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!,
        parsed.GetValue(s_schema),
        parsed.GetResult(s_partitions) is null ? null : (int)parsed.GetValue(s_partitions),
        parsed.GetResult(s_replicas) is null ? null : (int)parsed.GetValue(s_replicas),
        parsed.GetValue(s_delete),
        parsed.GetValue(s_yes));
}
