using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;
using HopsKafka.Producer.Replaying;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>The command line of avro-producer.</summary>
internal static class ProducerCommand
{
    // A double holds every whole number up to 2^53: beyond, the values of neighbouring steps would fall together.
    private const long LastStep = 1L << 53;

    private static readonly Option<long> s_time = NumberOptions.Whole(
        "--time", ["-t"], "First time step. Used to go on where an earlier run ended.", 0, 0, LastStep);

    private static readonly Option<long> s_events = NumberOptions.Whole(
        "--events", ["-e"], "Number of events per sensor. Negative for ever.", 1000, most: LastStep);

    private static readonly Option<double> s_delay = NumberOptions.Seconds(
        "--delay", ["-d"], "Seconds from one round of events to the next. Fractions allowed.", 0.5);

    private static readonly Option<double> s_rate = NumberOptions.Rate(
        "--rate", "Events per second of all sensors together, evenly spread, in place of --delay.");

    private static readonly Option<long> s_sensors = NumberOptions.Whole(
        "--sensors", ["-s"], "Number of sensors. Beyond those configured they repeat with shifted phases. [default: all configured]",
        0, 1, 1_000_000);

    private static readonly Option<long> s_seed = NumberOptions.Whole(
        "--seed", [], "Seed of the noise: the same seed gives the same values on any machine.", SensorSeries.DefaultSeed);

    private static readonly Option<bool> s_quiet = new("--quiet", "-q")
    {
        Description = "One progress line on stderr instead of a line per event.",
    };

    private static readonly Option<bool> s_noHeader = new("--no-header")
    {
        Description = "Leave out the hops-step header (seed and step, 16 bytes) of each event.",
    };

    private static readonly Option<bool> s_dryRun = new("--dry-run")
    {
        Description = "Print what would be sent. Needs no cluster.",
    };

    private static readonly Option<string?> s_plot = new("--plot")
    {
        Description = "With --dry-run: draw the series to this PNG or SVG file.", HelpName = "FILE.png|FILE.svg",
    };

    private static readonly Option<string?> s_plotUnit = new("--plot-unit")
    {
        Description = "With --plot: the unit of the values, shown at their axis: °C, hPa, …", HelpName = "UNIT",
    };

    private static readonly Option<bool> s_useRegistered = new("--use-registered")
    {
        Description = "Write with the latest registered schema, whatever the local one is.",
    };

    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Go on where the topic shows that an earlier run ended, also one that was killed: each sensor after its last "
            + "delivered step, all up to the same end (--time plus --events). A sensor that is not there yet starts at --time.",
    };

    private static readonly Option<Shard?> s_shard = new("--shard")
    {
        Description = "Produce only the I-th of N shares of the sensors, such as 2/4; N producers with a share each send them all.",
        HelpName = "I/N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Shard.TryParse(text) is { } shard)
            {
                return shard;
            }

            result.AddError($"Option --shard takes I/N such as 2/4, with I from 1 to N, not '{text}'.");
            return null;
        },
    };

    private static readonly Option<string?> s_replay = new("--replay")
    {
        Description = "Send the dead letters of this file (avro-consumer --on-error dead-letter FILE) again, as they were.", HelpName = "FILE",
    };

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        s_sensors.DefaultValueFactory = null;
        var command = new RootCommand("Produces time series of emulated sensors to a Kafka topic of a Hopsworks project.")
        {
            SharedOptions.Config, s_time, s_events, s_delay, s_rate, s_sensors, s_seed, s_quiet, s_noHeader, s_dryRun, s_plot, s_plotUnit,
            s_useRegistered, s_resume, s_shard, s_replay,
        };
        command.AddCheck(result =>
        {
            if (result.GetValue(s_plot) is not null && !result.GetValue(s_dryRun))
            {
                result.AddError("Option --plot cannot be used without --dry-run: avro-consumer --plot draws what was sent.");
            }

            if (result.GetValue(s_plotUnit) is not null && result.GetValue(s_plot) is null)
            {
                result.AddError("Option --plot-unit cannot be used without --plot.");
            }

            if (result.GetValue(s_useRegistered) && result.GetValue(s_dryRun))
            {
                result.AddError("Option --use-registered cannot be used with --dry-run, which asks no registry.");
            }

            if (result.GetResult(s_rate) is not null && result.GetResult(s_delay) is { Implicit: false })
            {
                result.AddError("Option --rate cannot be used with --delay: either paces the events.");
            }

            CheckResume(result);
        });
        command.SetAction((parsed, stop) => parsed.GetValue(s_replay) is { } file
            ? new ReplayRun(parsed.GetValue(SharedOptions.Config)!, file).RunAsync(stop)
            : new ProduceRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static void CheckResume(CommandResult result)
    {
        if (result.GetValue(s_resume) && result.GetValue(s_noHeader))
        {
            result.AddError("Option --resume cannot be used with --no-header: the header hops-step is how it finds the last delivered steps.");
        }

        if (result.GetValue(s_resume) && result.GetValue(s_dryRun))
        {
            result.AddError("Option --resume cannot be used with --dry-run, which reads no topic.");
        }

        result.AllowBeside(s_replay.Name, "sends dead letters as they are, and no series", SharedOptions.Config.Name);
    }

    private static ProduceRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!,
        parsed.GetResult(SharedOptions.Config) is { Implicit: false },
        parsed.GetValue(s_time),
        parsed.GetValue(s_events),
        TimeSpan.FromSeconds(parsed.GetValue(s_delay)),
        parsed.GetValue(s_seed),
        parsed.GetResult(s_sensors) is null ? null : (int)parsed.GetValue(s_sensors),
        parsed.GetValue(s_quiet),
        !parsed.GetValue(s_noHeader),
        parsed.GetValue(s_dryRun),
        parsed.GetValue(s_plot))
    {
        Rate = parsed.GetResult(s_rate) is null ? null : parsed.GetValue(s_rate),
        PlotUnit = parsed.GetValue(s_plotUnit),
        UseRegistered = parsed.GetValue(s_useRegistered),
        Resume = parsed.GetValue(s_resume),
        Shard = parsed.GetValue(s_shard),
    };
}
