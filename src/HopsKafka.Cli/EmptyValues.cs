using System.CommandLine;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>Rejects empty values on a command line, typically of <c>"$UNSET"</c>.</summary>
internal static class EmptyValues
{
    /// <summary>The errors, one for each option and argument.</summary>
    public static IEnumerable<string> In(ParseResult parsed)
    {
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            var results = command.Children.Where(child => child.Tokens.Any(token => token.Value.Length == 0)).ToList();
            foreach (var option in results.OfType<OptionResult>().Select(result => result.Option))
            {
                yield return Message("Option", option.Name, option.HelpName);
            }

            foreach (var argument in results.OfType<ArgumentResult>().Select(result => result.Argument))
            {
                yield return Message("Argument", argument.Name, argument.HelpName ?? argument.Name);
            }
        }
    }

    private static string Message(string kind, string name, string? wanted) => $"{kind} {name} must be {Describe(wanted)}, not an empty text.";

    private static string Describe(string? helpName) => helpName switch
    {
        "FILE" => "a file",
        "DIR" => "a folder",
        "NAME" => "a name",
        "NAME:VERSION" => "a name and a version",
        "NAME[:VERSION]" => "a name, or a name and a version",
        null or "VERSION" => "a value",
        _ => WordList.Or(helpName.Split('|')),
    };
}
