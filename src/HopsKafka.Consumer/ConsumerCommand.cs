using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Consumer.CommandLine;
using HopsKafka.Consumer.Pictures;

namespace HopsKafka.Consumer;

/// <summary>The command line of avro-consumer.</summary>
internal static class ConsumerCommand
{
    private static readonly Option<string?> s_group = new("--group", "-g")
    {
        Description = "Consumer group. [default: group_id of the configuration]", HelpName = "NAME", CompletionSources = { ProjectNames.Groups },
    };

    private static readonly Option<FeatureGroupName?> s_featureGroup = new("--feature-group")
    {
        Description = "Read the topic of this feature group, and only its rows.",
        HelpName = "NAME:VERSION",
        CustomParser = FeatureGroupName.ReadOption,
        CompletionSources = { ProjectNames.FeatureGroups },
    };

    private static readonly Option<long> s_maxEvents = NumberOptions.Whole(
        "--max-events", ["-n"], "End after this many events. [default: no limit]", 0, 1);

    private static readonly Option<bool> s_exitAtEnd = new("--exit-at-end")
    {
        Description = "Same as --until end.",
    };

    private static readonly Option<bool> s_quiet = new("--quiet", "-q")
    {
        Description = "Print one progress line on stderr instead of the events.",
    };

    private static readonly Option<bool> s_useRegistered = new("--use-registered")
    {
        Description = "Read with the latest registered schema instead of the local one.",
    };

    private static readonly Option<bool> s_verify = new("--verify")
    {
        Description = "Check each sensor's steps for gaps, order and duplicates, and print the result instead of the events.",
    };

    private static readonly Option<string?> s_decode = new("--decode")
    {
        Description = "Print the dead letters of this file; needs no cluster and no config.toml.", HelpName = "FILE",
    };

    /// <summary>Creates the command.</summary>
    public static RootCommand Create()
    {
        s_maxEvents.DefaultValueFactory = null;
        var command = new RootCommand("Prints and draws the events of a Kafka topic of a Hopsworks project.");
        command.AddConnection();
        command.AddGroup(HelpGroup.Connection, s_group, s_featureGroup);
        command.AddGroup(HelpGroup.Input, s_useRegistered, s_decode);
        command.AddGroup(HelpGroup.Position, s_maxEvents, s_exitAtEnd);
        command.AddGroup(HelpGroup.Output, s_quiet, s_verify);
        command.AddExample("Print what is in the topic, then exit", "avro-consumer --exit-at-end");
        command.AddExample("Read the last hour again as JSON, without moving the group", "avro-consumer --from -1h --until end --no-commit -o json");
        command.AddExample("Draw a picture while events arrive", "avro-consumer --plot sensors.png");
        command.AddExample("See the last events, and new ones as they arrive", "avro-consumer --tail 10 --follow");
        command.AddExample("Keep the topic in files of 100 MB", "avro-consumer -o json --out events.jsonl --rotate 100MB");
        command.AddExample("Keep events that cannot be decoded, and continue", "avro-consumer --on-error dead-letter bad.jsonl");
        OutputOptionGroup.AddTo(command);
        PositionOptionGroup.AddTo(command);
        PlotOptionGroup.AddTo(command);
        StatisticsOptionGroup.AddTo(command);
        command.AddCheck(result =>
        {
            if (result.GetValue(s_group)?.Length == 0)
            {
                result.AddError("Option --group must be the name of a consumer group, not an empty text.");
            }

            if (result.GetValue(s_decode) is not null && OutputOptionGroup.IsAvro(result))
            {
                result.AddError("Option --decode cannot be used with -o avro: an Avro file cannot contain dead letters.");
            }

            if (result.GetResult(s_featureGroup) is not null && OutputOptionGroup.HasAvroKeys(result))
            {
                result.AddError("Option --key avro cannot be used with --feature-group: the key of a row is a text.");
            }

            if (result.GetValue(s_useRegistered) && OutputOptionGroup.HasReaderSchema(result))
            {
                result.AddError("Options --reader-schema and --use-registered cannot be used together: each names the schema to read with.");
            }

            if (result.GetValue(s_exitAtEnd) && PositionOptionGroup.EndsElsewhere(result))
            {
                result.AddError("Options --exit-at-end and --until cannot be used together: --exit-at-end means --until end.");
            }

            PositionOptionGroup.CheckTail(result, [s_exitAtEnd, s_verify], [s_maxEvents]);
            result.AllowBeside(s_decode.Name, "prints a file of dead letters", [SharedOptions.Config.Name, .. OutputOptionGroup.DeadLetterOptionNames]);
            if (result.GetValue(s_verify))
            {
                OutputOptionGroup.CheckVerify(result);
            }
        });
        command.SetAction((parsed, stop) => PlotOptionGroup.Read(parsed) is { Saved.Count: > 0 } plot
            ? new DrawRun(plot).RunAsync(stop)
            : new ConsumeRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static ConsumeRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!,
        parsed.GetValue(s_group),
        parsed.GetResult(s_maxEvents) is null ? null : parsed.GetValue(s_maxEvents),
        parsed.GetValue(s_quiet))
    {
        Output = OutputOptionGroup.Read(parsed),
        Plot = PlotOptionGroup.Read(parsed),
        Positions = PositionOptionGroup.Positions(parsed, parsed.GetValue(s_exitAtEnd)),
        Errors = PositionOptionGroup.Errors(parsed),
        Verify = parsed.GetValue(s_verify),
        DecodeFile = parsed.GetValue(s_decode),
        UseRegistered = parsed.GetValue(s_useRegistered),
        FeatureGroup = parsed.GetValue(s_featureGroup),
        StatisticsEvery = StatisticsOptionGroup.Read(parsed),
    };
}
