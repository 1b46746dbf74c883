using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;

namespace HopsKafka.Consumer.CommandLine;

/// <summary>The options that report the numbers of a run.</summary>
internal static class StatisticsOptionGroup
{
    private const double DefaultSeconds = 10;

    private static readonly Option<StatisticsFormat> s_stats = WordOptions.One(
        "--stats", [], "Log the numbers of the run repeatedly and at its end, each time as one line of JSON.", "json", StatisticsFormat.None, "no statistics");

    private static readonly Option<double> s_every = NumberOptions.Seconds("--stats-every", [], "Seconds between two lines of --stats, at least 1.", DefaultSeconds);

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        command.AddGroup(HelpGroup.Output, s_stats, s_every);
        command.AddCheck(Check);
    }

    /// <summary>Reads them.</summary>
    /// <returns>Time between two lines; null for none.</returns>
    public static TimeSpan? Read(ParseResult parsed) => parsed.GetResult(s_stats) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(s_every));

    private static void Check(CommandResult result)
    {
        if (result.GetResult(s_every) is not { Implicit: false })
        {
            return;
        }

        if (result.GetValue(s_every) < 1)
        {
            result.AddError("Option --stats-every must be at least 1 second.");
        }

        if (result.GetResult(s_stats) is null)
        {
            result.AddError("Option --stats-every needs --stats json.");
        }
    }

    private enum StatisticsFormat
    {
        None,
        Json,
    }
}
