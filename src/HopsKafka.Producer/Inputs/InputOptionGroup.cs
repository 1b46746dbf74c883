using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.CsvEncoding;
using HopsKafka.Kafka;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.Sensors;

namespace HopsKafka.Producer.Inputs;

/// <summary>The options of <c>--input</c>.</summary>
internal static class InputOptionGroup
{
    private static readonly Option<string?> s_input = new("--input", "-i")
    {
        Description = "Send the events of this file, gzipped or not, instead of simulated sensors; - is standard input.", HelpName = "FILE|-",
    };

    private static readonly Option<InputFormat> s_format = WordOptions.One(
        "--input-format", [], "Format of the input: lines of JSON, CSV with a header row, or an Avro container file.", "json|csv|avro", InputFormat.Json,
        "from the file's extension, else json");

    private static readonly Option<string?> s_topic = new("--topic")
    {
        Description = "Topic to send to. [default: topic of the configuration]", HelpName = "NAME",
    };

    private static readonly Option<long> s_schemaVersion = NumberOptions.Whole(
        "--schema-version", [], "Version of the subject to write with. [default: schema_file of the configuration, else the latest]", 0, 1, int.MaxValue);

    private static readonly Option<bool> s_ignoreUnknown = new("--ignore-unknown-fields")
    {
        Description = "Ignore fields that the schema does not have, instead of rejecting the line.",
    };

    private static readonly Option<string?> s_key = new("--key")
    {
        Description = "Field that becomes the key; several are joined by --key-separator. [default: id if the schema has it as a string, else no key]", HelpName = "FIELD[,FIELD]",
    };

    private static readonly Option<string?> s_keySeparator = new("--key-separator")
    {
        Description = $"Text between the fields of a key. [default: {InputRequest.DefaultKeySeparator}]", HelpName = "TEXT",
    };

    private static readonly Option<KeyFormat> s_keyFormat = WordOptions.One(
        "--key-format", [], "Format of the keys: text, or Avro with the latest schema of the subject TOPIC-key.", "string|avro", KeyFormat.String);

    private static readonly Option<bool> s_nullValue = new("--null-value")
    {
        Description = "Send a line without any value but the key's fields as a tombstone: an event that has a key and no value.",
    };

    private static readonly Option<bool> s_envelope = new("--envelope")
    {
        Description = "Read lines that avro-consumer -o json printed: key, headers, timestamp and tombstones included.",
    };

    private static readonly Option<bool> s_keepPartition = new("--keep-partition")
    {
        Description = "With --envelope, send each event to the partition that it came from.",
    };

    private static readonly Option<char> s_delimiter = new("--delimiter")
    {
        Description = "Character between the cells of CSV. [default: , or in a .tsv file a tab]",
        HelpName = "CHAR",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is "\\t" or "tab")
            {
                return '\t';
            }

            if (text.Length != 1 || !CsvRows.CanDelimit(text[0]))
            {
                result.AddError($"Option --delimiter must be one ASCII character such as ; or \\t, and neither a quote nor #; not '{text}'.");
                return ',';
            }

            return text[0];
        },
    };

    private static readonly Option<string?> s_timestamp = new("--timestamp")
    {
        Description = "Field that becomes the event's timestamp. [default: the time of sending]", HelpName = "FIELD",
    };

    private static readonly Option<string[]> s_headers = new("--header")
    {
        Description = "Header of all events; can be repeated.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<string?> s_source = new("--source")
    {
        Description = "Name of the input in the header hops-line, by which --resume finds its events. [default: the file's name]", HelpName = "NAME",
    };

    private static readonly Option<long> s_fromLine = NumberOptions.Whole("--from-line", [], "First line to send; an earlier run prints where to continue.", 1, 1);

    private static readonly Option<string[]?> s_onError = new("--on-error")
    {
        Description = "For a line that is not a valid event, exit 1 (stop), log and count it (skip), or append it unchanged to FILE (dead-letter). [default: stop]",
        HelpName = "stop|skip|dead-letter FILE",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { "stop", "skip", "dead-letter" },
    };

    private static readonly Option<bool> s_check = new("--check")
    {
        Description = "Validate the whole input, log its bad lines, and send nothing.",
    };

    private static readonly Option[] s_own =
    [
        s_format, s_topic, s_schemaVersion, s_ignoreUnknown, s_key, s_keySeparator, s_keyFormat, s_nullValue, s_envelope, s_keepPartition,
        s_delimiter, s_timestamp, s_headers, s_source, s_fromLine, s_onError, s_check, .. FeatureGroupOptionGroup.All,
    ];

    /// <summary>Adds them to a command.</summary>
    /// <param name="shared">The names of other options that go with an input.</param>
    public static void AddTo(Command command, params string[] shared)
    {
        s_schemaVersion.DefaultValueFactory = null;
        command.AddGroup(HelpGroup.Connection, s_topic, s_schemaVersion);
        command.AddGroup(HelpGroup.Input, s_input, s_format, s_envelope, s_delimiter, s_ignoreUnknown, s_check);
        command.AddGroup(HelpGroup.Output, s_key, s_keySeparator, s_keyFormat, s_nullValue, s_timestamp, s_headers, s_keepPartition);
        command.AddGroup(HelpGroup.Position, s_source, s_fromLine);
        command.AddGroup(HelpGroup.Errors, s_onError);
        command.AddExample("Send the lines of a file", "avro-producer --input orders.jsonl --topic orders");
        command.AddExample("Check a file without sending it", "avro-producer --input orders.csv --check");
        command.AddExample("Send what is missing after a crash", "avro-producer --input orders.jsonl --topic orders --resume");
        command.AddExample("Send what avro-consumer -o json printed to another topic", "avro-producer --input events.jsonl --envelope --topic copy");
        FeatureGroupOptionGroup.AddTo(command);
        command.AddCheck(result => Check(result, shared));
    }

    /// <summary>Whether an input is given.</summary>
    public static bool IsGiven(CommandResult result) => result.GetValue(s_input) is not null;

    /// <summary>Reads them.</summary>
    public static InputRequest Read(ParseResult parsed)
    {
        var path = parsed.GetValue(s_input)!;
        var words = parsed.GetResult(s_onError) is null ? [] : parsed.GetValue(s_onError)!;
        return new InputRequest(parsed.GetValue(SharedOptions.Config)!, path, FormatOf(parsed.CommandResult, path))
        {
            Topic = parsed.GetValue(s_topic),
            FeatureGroup = FeatureGroupOptionGroup.Read(parsed),
            SchemaVersion = parsed.GetResult(s_schemaVersion) is null ? null : (int)parsed.GetValue(s_schemaVersion),
            IgnoreUnknownFields = parsed.GetValue(s_ignoreUnknown),
            KeyFields = parsed.GetValue(s_key)?.Split(','),
            KeySeparator = parsed.GetValue(s_keySeparator) ?? InputRequest.DefaultKeySeparator,
            HasAvroKey = parsed.GetValue(s_keyFormat) == KeyFormat.Avro,
            IsEnvelope = parsed.GetValue(s_envelope),
            KeepPartition = parsed.GetValue(s_keepPartition),
            NullValue = parsed.GetValue(s_nullValue),
            Delimiter = parsed.GetResult(s_delimiter) is not null ? parsed.GetValue(s_delimiter) : DelimiterOf(path),
            TimestampField = parsed.GetValue(s_timestamp),
            Headers = [.. (parsed.GetValue(s_headers) ?? []).Select(header => KeyValuePair.Create(header[..header.IndexOf('=')], header[(header.IndexOf('=') + 1)..]))],
            Source = parsed.GetValue(s_source),
            FromLine = parsed.GetValue(s_fromLine),
            OnError = PolicyOf(words) ?? BadLinePolicy.Stop,
            DeadLetterFile = words.ElementAtOrDefault(1),
            Check = parsed.GetValue(s_check),
        };
    }

    private static char DelimiterOf(string path) => ExtensionOf(path) == ".tsv" ? '\t' : ',';

    private static string ExtensionOf(string path) =>
        Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path).ToLowerInvariant();

    private static InputFormat FormatOf(CommandResult result, string path) => result.GetResult(s_format) is { Implicit: false } ? result.GetValue(s_format)
        : ExtensionOf(path) switch
        {
            ".csv" or ".tsv" => InputFormat.Csv,
            ".avro" => InputFormat.Avro,
            _ => InputFormat.Json,
        };

    private static BadLinePolicy? PolicyOf(string[] words) => words switch
    {
        [] or ["stop"] => BadLinePolicy.Stop,
        ["skip"] => BadLinePolicy.Skip,
        ["dead-letter", _] => BadLinePolicy.DeadLetter,
        _ => null,
    };

    private static void Check(CommandResult result, string[] shared)
    {
        result.AllowBeside(s_input.Name, "sends the events of a file, and no sensors", [.. ConnectionOptions.Names, .. shared, .. s_own.Select(option => option.Name)]);
        if (result.GetValue(s_input) is not { } path)
        {
            foreach (var option in s_own.Where(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"Option {option.Name} cannot be used without --input.");
            }

            return;
        }

        var words = result.GetResult(s_onError)?.Tokens.Select(t => t.Value).ToArray() ?? [];
        if (PolicyOf(words) is null)
        {
            result.AddError($"Option --on-error must be stop, skip or dead-letter FILE, not '{string.Join(' ', words)}'.");
        }

        foreach (var header in result.GetValue(s_headers) ?? [])
        {
            if (header.IndexOf('=', StringComparison.Ordinal) is not > 0)
            {
                result.AddError($"Option --header must be NAME=VALUE, not '{header}'.");
            }
            else if (header.StartsWith($"{LineHeader.Name}=", StringComparison.Ordinal) || header.StartsWith($"{StepHeader.Name}=", StringComparison.Ordinal))
            {
                result.AddError($"Option --header cannot set {header[..header.IndexOf('=', StringComparison.Ordinal)]}: the tool writes that header itself.");
            }
        }

        if (result.GetValue(s_key) is { } key && key.Split(',') is var fields && (fields.Any(field => field.Length == 0) || fields.Distinct().Count() < fields.Length))
        {
            result.AddError($"Option --key must be the name of a field, or several different ones such as region,id; not '{key}'.");
        }

        if (result.GetValue(s_keySeparator) is not null && result.GetValue(s_key)?.Contains(',', StringComparison.Ordinal) != true)
        {
            result.AddError("Option --key-separator needs --key with several fields.");
        }

        var given = result.Children.OfType<OptionResult>().Where(option => !option.Implicit).Select(option => option.Option.Name).ToHashSet();
        var conflicts = InputConflicts.Of(FormatOf(result, path), given, words is ["dead-letter", ..]);
        foreach (var conflict in conflicts.Concat(FeatureGroupConflicts.Of(given, FeatureGroupOptionGroup.IsOffline(result))))
        {
            result.AddError(conflict);
        }
    }
}
