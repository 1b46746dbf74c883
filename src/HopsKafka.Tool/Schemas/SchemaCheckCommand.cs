using System.CommandLine;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Schemas;

/// <summary>The command line of <c>hops-kafka schemas check</c>.</summary>
internal static class SchemaCheckCommand
{
    public const string Name = "check";

    private static readonly Argument<string> s_file = new("FILE") { Description = "Avro schema to check.", Arity = ArgumentArity.ExactlyOne };

    private static readonly Argument<string?> s_subject = new("SUBJECT")
    {
        Description = "Subject whose next version it would be. [default: [kafka] schema]", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProjectNames.Subjects },
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Checks whether a schema is valid and may become the next version of a subject; registers nothing.") { s_file, s_subject };
        command.AddConnection();
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("Check a schema before it is registered", "hops-kafka schemas check sensor.avsc");
        command.SetAction((parsed, stop) => new SchemaCheckRun(new SchemaCheckRequest(
            parsed.GetValue(SharedOptions.Config)!,
            parsed.GetValue(s_file)!,
            parsed.GetValue(s_subject),
            parsed.GetValue(SharedOptions.Json))).RunAsync(stop));
        return command;
    }
}

/// <summary>The validated command line of <c>hops-kafka schemas check</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="File">The schema.</param>
/// <param name="Subject">The subject; null for that of the configuration.</param>
internal sealed record SchemaCheckRequest(string ConfigFile, string File, string? Subject, bool Json);
