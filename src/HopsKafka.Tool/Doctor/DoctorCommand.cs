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
        Description = "Send one event, a value of the configured schema, and read it back. It stays in the topic.",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "The report as JSON." };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Checks everything from the configuration to the schema, and names what is wrong.")
        {
            SharedOptions.Config, s_group, s_roundTrip, s_json,
        };
        command.SetAction((parsed, stop) => new DoctorRun(
            new DoctorRequest(parsed.GetValue(SharedOptions.Config)!, CommandContext.Current.Environment, parsed.GetValue(s_group), parsed.GetValue(s_roundTrip)),
            parsed.GetValue(s_json)).RunAsync(stop));
        return command;
    }
}
