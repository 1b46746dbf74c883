namespace HopsKafka.FeatureGroups;

/// <summary>What remedies call the options of a writer: properties of a program, or options of a command line.</summary>
internal sealed record WriterOptionNames
{
    /// <summary>The properties of <see cref="FeatureGroupWriterOptions"/>.</summary>
    public static WriterOptionNames Program { get; } = new();

    /// <summary>The options of avro-producer.</summary>
    public static WriterOptionNames CommandLine { get; } = new()
    {
        ToBoth = "Leave out --storage, or set it to both",
        ToOnline = "Use --storage online",
        ToOffline = "Use --storage offline",
        InAnyCase = "Leave out --upsert-if-newer",
        OfOnline = "Leave out --storage offline",
    };

    public string ToBoth { get; private init; } = "Set Storage to Both";

    public string ToOnline { get; private init; } = "Set Storage to Online";

    public string ToOffline { get; private init; } = "Set Storage to Offline";

    public string InAnyCase { get; private init; } = "Leave out UpsertIfNewer";

    /// <summary>Not the offline store alone.</summary>
    public string OfOnline { get; private init; } = "Set Storage to Online";
}
