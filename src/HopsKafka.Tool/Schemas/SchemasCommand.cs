using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool.Schemas;

/// <summary>The command line of <c>hops-kafka schemas</c>.</summary>
internal static class SchemasCommand
{
    private static readonly Argument<string?> s_name = new("NAME")
    {
        Description = $"Subject whose versions are shown; write -- before one called {SchemaCheckCommand.Name} or {LevelCommand.Name}.",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { ProjectNames.Subjects },
    };

    private static readonly Argument<string?> s_version = new("VERSION")
    {
        Description = "Version whose schema is printed: a number, or latest.", Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("schemas", "Lists the subjects of the project's schema registry, their versions and schemas; checks a schema, sets compatibility levels.")
        {
            s_name, s_version, SchemaCheckCommand.Create(), LevelCommand.Create(),
        };
        command.AddConnection();
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("List the subjects", "hops-kafka schemas");
        command.AddExample("Print the latest schema of a subject", "hops-kafka schemas sensor latest");
        s_version.Validators.Add(CheckVersion);
        command.SetAction((parsed, stop) => new SchemasRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static SchemasRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_name), parsed.GetValue(s_version), parsed.GetValue(SharedOptions.Json));

    private static void CheckVersion(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : SchemasRequest.Latest;
        if (text != SchemasRequest.Latest && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            var name = result.Parent is CommandResult command ? command.GetValue(s_name) : null;
            var near = name is null ? null : Suggestions.Find(name, [SchemaCheckCommand.Name, LevelCommand.Name]);
            result.AddError($"A version is a whole number from 1, or latest, not '{text}'.{(near is null ? "" : $" Did you mean schemas {near}?")}");
        }
    }
}
