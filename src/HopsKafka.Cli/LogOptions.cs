using System.CommandLine;
using System.CommandLine.Help;

namespace HopsKafka.Cli;

/// <summary>The options of all commands for the log on stderr.</summary>
internal static class LogOptions
{
    private static readonly Option<bool> s_verbose = new("--verbose", "-v")
    {
        Description = "Log each REST request, the messages of librdkafka, and the memory used.", Recursive = true,
    };

    private static readonly Option<Format> s_format = WordOptions.One(
        "--log-format", [], "Format of the log on stderr: text, or json with one object per line.", "text|json", Format.Text);

    private static readonly Option<Color> s_color = WordOptions.One(
        "--color", [], "Color the severity of log messages; auto does so on a terminal unless NO_COLOR is set.", "auto|always|never", Color.Auto);

    private enum Format
    {
        Text,
        Json,
    }

    private enum Color
    {
        Auto,
        Always,
        Never,
    }

    /// <summary>Adds them to a tool, for all its commands.</summary>
    public static void AddTo(RootCommand command)
    {
        s_format.Recursive = true;
        s_color.Recursive = true;
        command.Options.OfType<HelpOption>().Single().Description = "Print this help.";
        command.Options.OfType<VersionOption>().Single().Description = "Print the version.";
        command.AddGroup(HelpGroup.General, s_verbose, s_format, s_color);
    }

    /// <summary>Applies what is given to the log of a command.</summary>
    public static void Apply(ParseResult parsed, CommandContext context)
    {
        context.Log.IsVerbose = ValueOf(parsed, s_verbose);
        context.Log.Format = ValueOf(parsed, s_format) == Format.Json ? new JsonLogFormat(context.Time) : new TextLogFormat(IsColored(ValueOf(parsed, s_color), context));
    }

    private static bool IsColored(Color color, CommandContext context) => color == Color.Auto
        ? context.Log.IsTerminal
            && string.IsNullOrEmpty(context.Environment.GetValueOrDefault("NO_COLOR"))
            && context.Environment.GetValueOrDefault("TERM") != "dumb"
        : color == Color.Always;

    // A wrong value is an error of the command line, which is logged with the default.
    private static T? ValueOf<T>(ParseResult parsed, Option<T> option)
    {
        try
        {
            return parsed.GetValue(option);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
