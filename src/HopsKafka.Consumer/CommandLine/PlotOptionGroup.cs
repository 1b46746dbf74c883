using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Plotting;

namespace HopsKafka.Consumer.CommandLine;

/// <summary>The options of pictures and the live page.</summary>
internal static class PlotOptionGroup
{
    private const double MinSeconds = 0.1;

    private static readonly Option<string?> s_plot = new("--plot")
    {
        Description = "Draw the last 1000 values of each sensor to this PNG or SVG file, repeatedly while events arrive.",
        HelpName = "FILE.png|FILE.svg",
    };

    private static readonly Option<long> s_sensors = NumberOptions.Whole(
        "--sensors", ["-s"], "Number of panels in the picture, 1 to 64, one per sensor.", 8, 1, FigureOptions.MaxPanels);

    private static readonly Option<double> s_every = NumberOptions.Seconds("--plot-every", [], "Seconds between two pictures, at least 0.1.", 0.5, MinSeconds);

    private static readonly Option<FigureAxis> s_axis = WordOptions.One(
        "--x", [], "X axis: step from the header hops-step, time of the events, or events by their number.",
        "step|time|events", FigureAxis.StepElseEvents, "step if all events have one, else events");

    private static readonly Option<FieldPath?> s_field = One("--plot-field", "Numeric field to draw. [default: value of sensor readings]", "FIELD", FieldPath.TryParse);

    private static readonly Option<PlotGroup?> s_by = One(
        "--plot-by", "Draw one panel per value of a field, _key or _partition. [default: the sensor's id; with --plot-field _key]", "FIELD", PlotGroup.TryParse);

    private static readonly Option<string?> s_unit = new("--plot-unit")
    {
        Description = "Unit of the values for the axis, such as °C or hPa.", HelpName = "UNIT",
    };

    private static readonly Option<int?> s_live = new("--live")
    {
        Description = "Serve the picture and the counts on 127.0.0.1 at this port or a free one, behind the secret URL that is printed.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = ParsePort,
    };

    private static readonly Option<string[]> s_draw = new("--draw")
    {
        Description = "With --plot, draw the merged events that earlier runs saved with -o json; needs no cluster and no config.toml.",
        HelpName = "FILE.jsonl ...",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        s_axis.DefaultValueFactory = null;
        command.AddGroup(HelpGroup.Pictures, s_plot, s_sensors, s_every, s_axis, s_field, s_by, s_unit, s_live, s_draw);
        command.AddCheck(Check);
    }

    /// <summary>Reads them.</summary>
    /// <returns>What is drawn, and where.</returns>
    public static PlotOptions Read(ParseResult parsed) => new()
    {
        File = parsed.GetValue(s_plot),
        Panels = IsGiven(parsed.CommandResult, s_sensors) ? (int)parsed.GetValue(s_sensors) : null,
        Every = TimeSpan.FromSeconds(parsed.GetValue(s_every)),
        Axis = parsed.GetResult(s_axis) is null ? FigureAxis.StepElseEvents : parsed.GetValue(s_axis),
        Field = parsed.GetValue(s_field),
        By = parsed.GetValue(s_by),
        Unit = parsed.GetValue(s_unit),
        LivePort = parsed.GetResult(s_live) is null ? null : parsed.GetValue(s_live) ?? 0,
        Saved = parsed.GetValue(s_draw) ?? [],
    };

    private static void Check(CommandResult result)
    {
        var isDrawing = IsGiven(result, s_plot) || IsGiven(result, s_live);
        // GetValue reports an invalid number first.
        _ = result.GetValue(s_sensors);
        foreach (var option in new Option[] { s_sensors, s_every, s_axis, s_field, s_by, s_unit }.Where(o => !isDrawing && IsGiven(result, o)))
        {
            result.AddError($"Option {option.Name} cannot be used without --plot or --live.");
        }

        if (isDrawing && result.GetValue<ValueFormat>("--value") != ValueFormat.Avro)
        {
            result.AddError("Options --plot and --live need --value avro: other values have no fields to draw.");
        }

        if (IsGiven(result, s_draw) && (!IsGiven(result, s_plot) || IsGiven(result, s_live)))
        {
            result.AddError("Option --draw needs --plot FILE for the picture, and cannot be used with --live.");
        }

        result.AllowBeside(
            s_draw.Name, "draws saved files", "--config", s_plot.Name, s_live.Name, s_sensors.Name, s_axis.Name, s_field.Name, s_by.Name, s_unit.Name);
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Option<T?> One<T>(string name, string description, string helpName, Func<string, T?> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                if (parse(result.Tokens[0].Value) is { } parsed)
                {
                    return parsed;
                }

                result.AddError($"Option {name} must be the name of a field such as place.city, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };

    private static int? ParsePort(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
        {
            return 0;
        }

        if (ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return port;
        }

        result.AddError($"Option --live must be a TCP port from 0 to 65535, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
