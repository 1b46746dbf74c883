using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;
using HopsKafka.Producer.Inputs;
using HopsKafka.Producer.Replaying;
using HopsKafka.Sensors;

namespace HopsKafka.Producer;

/// <summary>The command line of avro-producer.</summary>
internal static class ProducerCommand
{
    // A double holds every whole number up to 2^53: beyond, the values of neighbouring steps would fall together.
    private const long LastStep = 1L << 53;

    private static readonly Option<long> s_time = NumberOptions.Whole(
        "--time", ["-t"], "First time step; an earlier run prints where to continue.", 0, 0, LastStep);

    private static readonly Option<long> s_events = NumberOptions.Whole(
        "--events", ["-e"], "Number of events per sensor; a negative number means no end.", 1000, most: LastStep);

    private static readonly Option<double> s_delay = NumberOptions.Seconds(
        "--delay", ["-d"], "Seconds between two rounds of one event per sensor; fractions are allowed.", 0.5);

    private static readonly Option<double> s_rate = NumberOptions.Rate(
        "--rate", "Events per second of all sensors together or of the input, evenly spread, instead of --delay.");

    private static readonly Option<long> s_sensors = NumberOptions.Whole(
        "--sensors", ["-s"], "Number of sensors; more than configured repeat those with shifted phases. [default: all configured]",
        0, 1, 1_000_000);

    private static readonly Option<long> s_seed = NumberOptions.Whole(
        "--seed", [], "Seed of the noise; the same seed gives the same values on any machine.", SensorSeries.DefaultSeed);

    private static readonly Option<bool> s_quiet = new("--quiet", "-q")
    {
        Description = "Print one progress line on stderr instead of a line per event.",
    };

    private static readonly Option<bool> s_noHeader = new("--no-header")
    {
        Description = "Send sensor events without the header hops-step, which holds seed and step in 16 bytes.",
    };

    private static readonly Option<bool> s_dryRun = new("--dry-run")
    {
        Description = "Print the events instead of sending them; needs no cluster, except with --input.",
    };

    private static readonly Option<string?> s_plot = new("--plot")
    {
        Description = "With --dry-run, draw the series to this PNG or SVG file.", HelpName = "FILE.png|FILE.svg",
    };

    private static readonly Option<string?> s_plotUnit = new("--plot-unit")
    {
        Description = "With --plot, unit of the values for the axis, such as °C or hPa.", HelpName = "UNIT",
    };

    private static readonly Option<bool> s_useRegistered = new("--use-registered")
    {
        Description = "Write with the latest registered schema instead of the local one.",
    };

    private static readonly Option<bool> s_resume = new("--resume")
    {
        Description = "Continue each sensor after its last step in the topic; with --input, send exactly the lines that the topic lacks.",
    };

    private static readonly Option<Shard?> s_shard = new("--shard")
    {
        Description = "Produce only the I-th of N shares of the sensors or of the input, such as 2/4, beside N-1 other producers.",
        HelpName = "I/N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Shard.TryParse(text) is { } shard)
            {
                return shard;
            }

            result.AddError($"Option --shard must be I/N such as 2/4, with I from 1 to N, not '{text}'.");
            return null;
        },
    };

    private static readonly Option<string?> s_replay = new("--replay")
    {
        Description = "Send the dead letters of this file again, unchanged; avro-consumer --on-error dead-letter writes such files.", HelpName = "FILE",
    };

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        s_sensors.DefaultValueFactory = null;
        var command = new RootCommand("Produces events to a Kafka topic of a Hopsworks project: the readings of simulated sensors, or the lines of a file or pipe.");
        command.AddConnection();
        command.AddGroup(HelpGroup.Connection, s_useRegistered);
        command.AddGroup(HelpGroup.Input, s_sensors, s_shard, s_seed, s_replay);
        command.AddGroup(HelpGroup.Position, s_time, s_events, s_resume);
        command.AddGroup(HelpGroup.Position, s_delay, s_rate);
        command.AddGroup(HelpGroup.Output, s_quiet, s_noHeader, s_dryRun);
        command.AddGroup(HelpGroup.Pictures, s_plot, s_plotUnit);
        command.AddExample("Send five events of each sensor", "avro-producer -e 5");
        command.AddExample("Continue where the last run ended", "avro-producer --resume -e 1000");
        command.AddExample("Send 10000 events per second until Ctrl-C", "avro-producer -q -e -1 -s 1000 --rate 10000");
        command.AddExample("Draw the series without a cluster", "avro-producer --dry-run -q -d 0 --plot series.png");
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
                result.AddError("Option --use-registered cannot be used with --dry-run, which uses no registry.");
            }

            if (result.GetValue(ConnectionOptions.Profile) is not null && result.GetValue(s_dryRun) && !InputOptionGroup.IsGiven(result))
            {
                result.AddError("Option --profile cannot be used with --dry-run, which needs no project except with --input.");
            }

            if (result.GetResult(s_rate) is not null && result.GetResult(s_delay) is { Implicit: false })
            {
                result.AddError("Option --rate cannot be used with --delay: either paces the events.");
            }

            CheckResume(result);
        });
        InputOptionGroup.AddTo(command, s_shard.Name, s_resume.Name, s_rate.Name, s_quiet.Name, s_dryRun.Name);
        command.SetAction((parsed, stop) => parsed.GetValue(s_replay) is { } file ? new ReplayRun(parsed.GetValue(SharedOptions.Config)!, file).RunAsync(stop)
            : InputOptionGroup.IsGiven(parsed.CommandResult) ? new InputRun(InputRequest(parsed)).RunAsync(stop)
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

        result.AllowBeside(s_replay.Name, "sends dead letters as they are, and no series", ConnectionOptions.Names);
    }

    private static InputRequest InputRequest(ParseResult parsed) => InputOptionGroup.Read(parsed) with
    {
        Shard = parsed.GetValue(s_shard),
        Resume = parsed.GetValue(s_resume),
        Rate = parsed.GetResult(s_rate) is null ? null : parsed.GetValue(s_rate),
        Quiet = parsed.GetValue(s_quiet),
        DryRun = parsed.GetValue(s_dryRun),
    };

    private static ProduceRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!,
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
