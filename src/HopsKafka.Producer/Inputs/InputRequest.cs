using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>What avro-producer is to do with an input.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Path">Path of the input, or <see cref="InputFile.StandardInput"/>.</param>
/// <param name="Format">How it is written.</param>
internal sealed record InputRequest(string ConfigFile, string Path, InputFormat Format)
{
    /// <summary>The topic in place of the configuration's; null for that.</summary>
    public string? Topic { get; init; }

    /// <summary>The feature group that the lines are rows of; null for events.</summary>
    public FeatureGroupRequest? FeatureGroup { get; init; }

    /// <summary>The version of the subject to write with; null for that of the configuration's schema file, or the latest.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>Whether fields that the schema does not have are left out.</summary>
    public bool IgnoreUnknownFields { get; init; }

    /// <summary>The fields that the key is made of; null for the field <c>id</c> where it is a text.</summary>
    public IReadOnlyList<string>? KeyFields { get; init; }

    /// <summary>What stands between them.</summary>
    public string KeySeparator { get; init; } = DefaultKeySeparator;

    /// <summary>Whether keys are Avro, and not text.</summary>
    public bool HasAvroKey { get; init; }

    /// <summary>Whether lines are what <c>avro-consumer -o json</c> prints, and not values alone.</summary>
    public bool IsEnvelope { get; init; }

    /// <summary>Whether events go to the partition that the envelope names.</summary>
    public bool KeepPartition { get; init; }

    /// <summary>Whether a line without anything but its key is a tombstone.</summary>
    public bool NullValue { get; init; }

    /// <summary>What separates the cells of CSV.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The field that the event's timestamp is taken from; null for the time when it is sent.</summary>
    public string? TimestampField { get; init; }

    /// <summary>Headers that each event gets.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What becomes of lines that no event can be made of.</summary>
    public BadLinePolicy OnError { get; init; } = BadLinePolicy.Stop;

    /// <summary>The file for them; null for none.</summary>
    public string? DeadLetterFile { get; init; }

    /// <summary>Whether lines are only checked.</summary>
    public bool Check { get; init; }

    /// <summary>Whether the events are printed, and nothing is sent.</summary>
    public bool DryRun { get; init; }

    /// <summary>One progress line instead of a line per event.</summary>
    public bool Quiet { get; init; }

    /// <summary>Events per second; null for as fast as possible.</summary>
    public double? Rate { get; init; }

    /// <summary>The share of the lines to send; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The name that the header <c>hops-line</c> stands for; null for the input's.</summary>
    public string? Source { get; init; }

    /// <summary>The name that an input is known by.</summary>
    /// <param name="file">The name of its file.</param>
    public string SourceOf(string file) => Source ?? file;

    /// <summary>The first line to send, from 1.</summary>
    public long FromLine { get; init; } = 1;

    /// <summary>Leave out the lines that the topic has.</summary>
    public bool Resume { get; init; }

    /// <summary>What stands between the fields of a key, unless something else is given.</summary>
    public const string DefaultKeySeparator = "|";
}

/// <summary>How an input is written.</summary>
internal enum InputFormat
{
    /// <summary>One JSON value a line.</summary>
    Json,

    /// <summary>Rows below a header row.</summary>
    Csv,

    /// <summary>An Avro object container file.</summary>
    Avro,
}

/// <summary>What is done with a line that no event can be made of.</summary>
internal enum BadLinePolicy
{
    /// <summary>The run ends before it.</summary>
    Stop,

    /// <summary>It is logged, counted and passed over.</summary>
    Skip,

    /// <summary>It is added to a file, and passed over.</summary>
    DeadLetter,
}
