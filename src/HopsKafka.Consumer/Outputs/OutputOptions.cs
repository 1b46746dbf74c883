using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Counting;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>How events are shown.</summary>
internal sealed record OutputOptions
{
    /// <summary>The format.</summary>
    public OutputFormat Kind { get; init; }

    /// <summary>How values are read.</summary>
    public ValueFormat Value { get; init; }

    /// <summary>How keys are read.</summary>
    public ValueFormat Key { get; init; } = ValueFormat.String;

    /// <summary>The fields to show; null for all.</summary>
    public IReadOnlyList<FieldPath>? Fields { get; init; }

    /// <summary>Shows only events that meet all of these.</summary>
    public IReadOnlyList<FieldCondition> Conditions { get; init; } = [];

    /// <summary>File with the reader's schema; null for the writers' schemas.</summary>
    public string? ReaderSchemaFile { get; init; }

    /// <summary>File that events are written to; null for stdout.</summary>
    public string? File { get; init; }

    /// <summary>When the next file begins; null for one file.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>Whether the events of each key are counted instead of printed.</summary>
    public bool CountsKeys { get; init; }

    /// <summary>Whether stdout is a terminal.</summary>
    public bool IsForTerminal { get; init; }

    /// <summary>Whether CSV prevents spreadsheets from evaluating strings as formulas.</summary>
    public bool EscapesFormulas { get; init; }

    /// <summary>Whether schemas are needed.</summary>
    public bool NeedsRegistry => Value == ValueFormat.Avro || Key == ValueFormat.Avro;

    /// <summary>Whether sensor readings are shown as the tutorial does.</summary>
    public bool ShowsReadings => (Kind == OutputFormat.Text || CountsKeys) && this is { Fields: null, ReaderSchemaFile: null };

    /// <summary>The fields named by options, with the option.</summary>
    public IEnumerable<(FieldPath Path, string Option)> NamedFields =>
        (Fields ?? []).Select(path => (path, "--fields")).Concat(Conditions.Select(condition => (condition.Path, "--where")));

    /// <summary>Whether the output names fields of the values: by <c>--fields</c>, or in a CSV header.</summary>
    public bool NamesFields => Fields is not null || (Kind == OutputFormat.Csv && Value == ValueFormat.Avro && !CountsKeys);

    /// <summary>Creates the output of the events.</summary>
    /// <param name="quiet">Whether stdout stays empty.</param>
    /// <exception cref="HopsKafkaException">The file exists, or cannot be created.</exception>
    public EventSink CreateSink(bool quiet)
    {
        if (Kind == OutputFormat.Avro)
        {
            return new AvroFileSink(File!);
        }

        if (File is null)
        {
            return new EventPrinter(quiet && !CountsKeys ? null : CreateFormat(), CommandContext.Current.Output);
        }

        var format = CreateFormat();
        return new EventPrinter(format, new FileTarget(File, Rotation, format.BeginFile));
    }

    /// <summary>Warns at the end of named fields that no event contained.</summary>
    public void WarnOfAbsentFields()
    {
        foreach (var (path, option) in NamedFields)
        {
            if (path.IsAbsent)
            {
                ConsoleLog.Warning($"No event contained the field {path.Text} of {option}.", WarningCodes.FieldNotFound);
            }
        }
    }

    /// <summary>Creates the format.</summary>
    public EventFormat CreateFormat() => Kind switch
    {
        _ when CountsKeys => new CountFormat(this),
        OutputFormat.Json => new JsonFormat(this),
        OutputFormat.Csv => new CsvFormat(this),
        _ => new TextFormat(this),
    };
}

/// <summary>The output format of the events.</summary>
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
