using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Counting;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>How events are shown.</summary>
internal sealed record OutputOptions
{
    /// <summary>The output.</summary>
    public OutputFormat Kind { get; init; }

    /// <summary>How values are read.</summary>
    public ValueFormat Value { get; init; }

    /// <summary>How keys are read.</summary>
    public ValueFormat Key { get; init; } = ValueFormat.String;

    /// <summary>The fields to show; null for all.</summary>
    public IReadOnlyList<FieldPath>? Fields { get; init; }

    /// <summary>Shows only events that meet all of these.</summary>
    public IReadOnlyList<FieldCondition> Conditions { get; init; } = [];

    /// <summary>File with the reader's schema; null to read by the writers'.</summary>
    public string? ReaderSchemaFile { get; init; }

    /// <summary>File that events are written to; null for stdout.</summary>
    public string? File { get; init; }

    /// <summary>When the next file begins; null for one file.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>Whether the events of each key are counted in place of being shown.</summary>
    public bool CountsKeys { get; init; }

    /// <summary>Whether stdout is a terminal.</summary>
    public bool IsForTerminal { get; init; }

    /// <summary>Whether CSV keeps spreadsheets from evaluating texts as formulas.</summary>
    public bool GuardsFormulas { get; init; }

    /// <summary>Whether schemas are needed at all.</summary>
    public bool NeedsRegistry => Value == ValueFormat.Avro || Key == ValueFormat.Avro;

    /// <summary>Whether sensor readings are shown as the tutorial does.</summary>
    public bool ShowsReadings => (Kind == OutputFormat.Text || CountsKeys) && this is { Fields: null, ReaderSchemaFile: null };

    /// <summary>The fields named by options, with the option.</summary>
    public IEnumerable<(FieldPath Path, string Option)> NamedFields =>
        (Fields ?? []).Select(path => (path, "--fields")).Concat(Conditions.Select(condition => (condition.Path, "--where")));

    /// <summary>Whether the names of the values' fields matter beyond conditions: they are named by options, or written to a header.</summary>
    public bool NamesFields => Fields is not null || (Kind == OutputFormat.Csv && Value == ValueFormat.Avro && !CountsKeys);

    /// <summary>Creates the output of the events.</summary>
    /// <param name="quiet">Whether stdout stays empty.</param>
    /// <exception cref="HopsKafkaException">The file exists, or cannot be made.</exception>
    public EventSink Sink(bool quiet)
    {
        if (Kind == OutputFormat.Avro)
        {
            return new AvroFileSink(File!);
        }

        if (File is null)
        {
            return new EventPrinter(quiet && !CountsKeys ? null : Format(), CommandContext.Current.Output);
        }

        var format = Format();
        return new EventPrinter(format, new FileTarget(File, Rotation, format.BeginFile));
    }

    /// <summary>Warns at the end of named fields that no event contained.</summary>
    public void TellAbsentFields()
    {
        foreach (var (path, option) in NamedFields)
        {
            if (path.IsAbsent)
            {
                ConsoleLog.Warning($"No event contained the field {path.Text} of {option}.", WarningCodes.FieldNotFound);
            }
        }
    }

    /// <summary>Creates the format for stdout.</summary>
    public EventFormat Format() => Kind switch
    {
        _ when CountsKeys => new CountFormat(this),
        OutputFormat.Json => new JsonFormat(this),
        OutputFormat.Csv => new CsvFormat(this),
        _ => new TextFormat(this),
    };
}

/// <summary>What the events are written as.</summary>
internal enum OutputFormat
{
    /// <summary>The tutorial's lines.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Comma-separated values with a header row (RFC 4180).</summary>
    Csv,

    /// <summary>An Avro object container file.</summary>
    Avro,
}
