using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Diagnostics;

namespace HopsKafka.Tool.Doctor;

/// <summary>The command line of <c>hops-kafka doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string?> s_group = new("--group", "-g")
    {
        Description = "Consumer group to check. [default: group_id of the configuration]", HelpName = "NAME", CompletionSources = { ProjectNames.Groups },
    };

    private static readonly Option<bool> s_roundTrip = new("--round-trip")
    {
        Description = "Send one event of the configured schema and read it back; it stays in the topic.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Checks everything from the configuration to the schema, and prints causes and remedies.");
        command.AddConnection();
        command.AddGroup(HelpGroup.Connection, s_group);
        command.AddGroup(HelpGroup.Changes, s_roundTrip);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("Check without changing anything", "hops-kafka doctor");
        command.AddExample("Also send an event and read it back", "hops-kafka doctor --round-trip");
        command.SetAction((parsed, stop) => new DoctorRun(
            new DoctorRequest(
                token => CommandContext.Current.LoadConfigAsync(parsed.GetValue(SharedOptions.Config)!, token), parsed.GetValue(s_group), parsed.GetValue(s_roundTrip)),
            parsed.GetValue(SharedOptions.Json)).RunAsync(stop));
        return command;
    }
}
