using System.CommandLine;
using HopsKafka.Cli;

namespace HopsKafka.Consumer;

/// <summary>The command line of avro-consumer.</summary>
internal static class ConsumerCommand
{
    private static readonly Option<string> s_config = new("--config", "-c")
    {
        Description = "Configuration file in TOML format.", HelpName = "FILE", DefaultValueFactory = _ => "config.toml",
    };

    private static readonly Option<long> s_sensors = Numbers.Whole(
        "--sensors", ["-s"], "Number of panels in the picture, one a sensor; 1 to 64.", 8, 1, 64);

    private static readonly Option<string?> s_group = new("--group", "-g")
    {
        Description = "Consumer group. [default: group_id of the configuration]", HelpName = "NAME",
    };

    private static readonly Option<long> s_maxEvents = Numbers.Whole(
        "--max-events", ["-n"], "End after this many events. [default: no limit]", 0, 1);

    private static readonly Option<bool> s_exitAtEnd = new("--exit-at-end")
    {
        Description = "End when each partition reached the end that it had at the start.",
    };

    private static readonly Option<bool> s_quiet = new("--quiet", "-q")
    {
        Description = "One progress line on stderr instead of the events.",
    };

    private static readonly Option<string?> s_plot = new("--plot")
    {
        Description = "Draw the last 1000 values of each sensor to this PNG file, again and again while events arrive.",
        HelpName = "FILE.png",
    };

    private static readonly Option<bool> s_useRegistered = new("--use-registered")
    {
        Description = "Read with the latest registered schema, whatever the local one is.",
    };

    /// <summary>Makes the command.</summary>
    /// <returns>The root command of avro-consumer.</returns>
    public static RootCommand Create()
    {
        s_maxEvents.DefaultValueFactory = null;
        var command = new RootCommand("Prints, and draws, the sensor events of a Kafka topic of a Hopsworks project.")
        {
            s_config, s_sensors, s_group, s_maxEvents, s_exitAtEnd, s_quiet, s_plot, s_useRegistered,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(s_group)?.Length == 0)
            {
                result.AddError("Option --group takes the name of a consumer group, not an empty text.");
            }
        });
        command.SetAction((parsed, stop) => new ConsumeRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static ConsumeRequest Request(ParseResult parsed) => new(
        parsed.GetValue(s_config)!,
        (int)parsed.GetValue(s_sensors),
        parsed.GetValue(s_group),
        parsed.GetResult(s_maxEvents) is null ? null : parsed.GetValue(s_maxEvents),
        parsed.GetValue(s_exitAtEnd),
        parsed.GetValue(s_quiet),
        parsed.GetValue(s_plot))
    {
        UseRegistered = parsed.GetValue(s_useRegistered),
    };
}
