using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;

namespace HopsKafka.Consumer.CommandLine;

/// <summary>The options of the output.</summary>
internal static class OutputOptionGroup
{
    private static readonly Option<OutputFormat> s_output = WordOptions.One(
        "--output", ["-o"], "Format of the events: text as in the tutorial, json with one object a line, csv, or avro with --out.",
        "text|json|csv|avro", OutputFormat.Text);

    private static readonly Option<ValueFormat> s_value = WordOptions.One(
        "--value", [], "Format of the values in Kafka: avro with its schema id, string, hex, or raw bytes.", "avro|string|hex|raw", ValueFormat.Avro);

    private static readonly Option<ValueFormat> s_key = WordOptions.One(
        "--key", [], "Format of the keys in Kafka: string, avro with its schema id, or hex.", "string|avro|hex", ValueFormat.String);

    private static readonly Option<FieldPath[]?> s_fields = new("--fields")
    {
        Description = "Print only these fields, such as id,place.city; _key, _partition, _offset, _timestamp and _header.NAME are properties of the event.",
        HelpName = "A,B.C",
        CustomParser = result => ParseAll(result, result.Tokens[0].Value.Split(','), FieldPath.TryParseOfEvent, "names of fields such as id,place.city"),
    };

    private static readonly Option<FieldCondition[]?> s_where = new("--where")
    {
        Description = "Print only events with FIELD = != < <= > >= ~ or !~ a value, or FIELD in (A,B); several must all be met.",
        HelpName = "'id=sensor3'",
        CustomParser = result => ParseAll(
            result, result.Tokens.Select(t => t.Value), FieldCondition.TryParse, "a condition such as 'id=sensor3', 'value>=10', 'id~sensor*' or 'id in (a,b)'"),
    };

    private static readonly Option<string?> s_readerSchema = new("--reader-schema")
    {
        Description = "Read values with the Avro schema of this file, by Avro's schema resolution.", HelpName = "FILE",
    };

    private static readonly Option<string?> s_out = new("--out")
    {
        Description = "Write the events to this new file instead of stdout; with -o avro each further schema gets a file of its own.", HelpName = "FILE",
    };

    private static readonly Option<Rotation?> s_rotate = new("--rotate")
    {
        Description = "With --out, begin the next file at this size (KB, MB, GB) or age (s, m, h, d); names are FILE-000001 and so on.",
        HelpName = "100MB|1h",
        CustomParser = result => ParseAll(
            result, [result.Tokens[0].Value], Rotation.TryParse, "a size such as 100MB (KB, MB, GB) or an age such as 1h (s, m, h, d)").SingleOrDefault(),
    };

    private static readonly Option<bool> s_csvSafe = new("--csv-safe")
    {
        Description = "With -o csv, put an apostrophe before texts that a spreadsheet would evaluate as a formula.",
    };

    private static readonly Option<bool> s_count = new("--count")
    {
        Description = "Print at the end how many events each key had, instead of the events.",
    };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        command.AddGroup(HelpGroup.Output, s_output, s_out, s_rotate, s_csvSafe, s_fields, s_where, s_count);
        command.AddGroup(HelpGroup.Input, s_value, s_key, s_readerSchema);
        command.AddCheck(Check);
    }

    /// <summary>Reads them.</summary>
    /// <returns>How events are shown.</returns>
    public static OutputOptions Read(ParseResult parsed) => new()
    {
        Kind = parsed.GetValue(s_output),
        Value = parsed.GetValue(s_value),
        Key = parsed.GetResult(s_key) is null ? ValueFormat.String : parsed.GetValue(s_key),
        Fields = parsed.GetResult(s_fields) is null ? null : parsed.GetValue(s_fields),
        Conditions = parsed.GetValue(s_where) ?? [],
        ReaderSchemaFile = parsed.GetValue(s_readerSchema),
        File = parsed.GetValue(s_out),
        Rotation = parsed.GetResult(s_rotate) is null ? null : parsed.GetValue(s_rotate),
        EscapesFormulas = parsed.GetValue(s_csvSafe),
        CountsKeys = parsed.GetValue(s_count),
        IsForTerminal = parsed.GetValue(s_out) is null && !CommandContext.Current.IsOutputRedirected,
    };

    /// <summary>Whether the output is an Avro file.</summary>
    public static bool IsAvro(CommandResult result) => result.GetValue(s_output) == OutputFormat.Avro;

    /// <summary>Whether keys are read as Avro.</summary>
    public static bool HasAvroKeys(CommandResult result) => result.GetResult(s_key) is not null && result.GetValue(s_key) == ValueFormat.Avro;

    /// <summary>Whether a reader's schema is given.</summary>
    public static bool HasReaderSchema(CommandResult result) => result.GetResult(s_readerSchema) is not null;

    /// <summary>The options that also apply to dead letters.</summary>
    public static IReadOnlyList<string> DeadLetterOptionNames => [s_output.Name, s_csvSafe.Name, s_value.Name, s_key.Name, s_readerSchema.Name, s_fields.Name];

    /// <summary>Adds an error for each option that contradicts <c>--verify</c>.</summary>
    public static void CheckVerify(CommandResult result)
    {
        foreach (var option in new Option[] { s_fields, s_where, s_count, s_out }.Where(o => result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"Option {option.Name} cannot be used with --verify, which reads every event and prints none.");
        }

        if (Word(result, s_output) is "csv" or "avro")
        {
            result.AddError("Option --verify prints a table, or JSON with -o json: it cannot be used with -o csv or -o avro.");
        }
    }

    private static void Check(CommandResult result)
    {
        var toAvro = Word(result, s_output) == "avro";
        var isAvro = Word(result, s_value) is null or "avro";
        if (Word(result, s_out) is { } name && Path.GetFileName(name).Length == 0)
        {
            result.AddError($"Option --out must be the name of a file, not '{name}'.");
        }

        if (result.GetResult(s_fields) is not null
            && result.GetValue(s_fields)?.CountBy(field => field.Text).FirstOrDefault(field => field.Value > 1) is { Key: { } repeated })
        {
            result.AddError($"Option --fields names the field {repeated} more than once.");
        }

        if (toAvro && result.GetResult(s_out) is null)
        {
            result.AddError("Option -o avro needs --out FILE, the name of the Avro file.");
        }

        if (result.GetResult(s_rotate) is not null && (toAvro || result.GetResult(s_out) is null))
        {
            result.AddError("Option --rotate needs --out FILE, and -o text, json or csv.");
        }

        if (result.GetValue(s_csvSafe) && Word(result, s_output) != "csv")
        {
            result.AddError("Option --csv-safe needs -o csv.");
        }

        foreach (var option in new Option[] { s_fields, s_readerSchema }.Where(o => !isAvro && result.GetResult(o) is not null))
        {
            result.AddError($"Option {option.Name} needs --value avro: other values have no fields.");
        }

        if (!isAvro && result.GetValue(s_where)?.FirstOrDefault(condition => !condition.Path.IsProperty) is { Path.Text: var field })
        {
            result.AddError($"Option --where needs --value avro for the field {field}: other values have no fields, only _key, _partition, _offset, _timestamp and _header.NAME.");
        }

        if (toAvro && result.GetResult(s_fields) is not null)
        {
            result.AddError("Option -o avro writes whole values; choose fields by --reader-schema, not by --fields.");
        }

        if (result.GetValue(s_count) && (toAvro || result.GetResult(s_fields) is not null || result.GetResult(s_out) is not null))
        {
            result.AddError("Option --count prints keys and numbers: it cannot be used with -o avro, --fields or --out.");
        }

        if (toAvro && !isAvro)
        {
            result.AddError("Option -o avro needs --value avro.");
        }
    }

    // The token: GetValue of an option with an invalid word throws.
    private static string? Word(CommandResult result, Option option) =>
        result.GetResult(option) is { Tokens: [.., var last] } ? last.Value : null;

    private static T[] ParseAll<T>(ArgumentResult result, IEnumerable<string> words, Func<string, T?> parse, string wanted)
        where T : class
    {
        var all = new List<T>();
        foreach (var word in words)
        {
            if (parse(word) is { } parsed)
            {
                all.Add(parsed);
            }
            else
            {
                result.AddError($"Option {((OptionResult)result.Parent!).Option.Name} must be {wanted}, not '{word}'.");
            }
        }

        return [.. all];
    }
}
