namespace HopsKafka.Producer;

/// <summary>The validated command line of avro-producer.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="FirstStep">First time step.</param>
/// <param name="Events">Events per sensor; negative for no end.</param>
/// <param name="Delay">Time between two rounds.</param>
/// <param name="Sensors">Number of sensors; null for all configured ones.</param>
/// <param name="Quiet">One progress line instead of a line per event.</param>
/// <param name="WithHeader">Whether each event carries the <c>hops-step</c> header.</param>
/// <param name="DryRun">Print the events instead of sending them.</param>
/// <param name="PlotFile">Path of the picture of a dry run; null for none.</param>
internal sealed record ProduceRequest(
    string ConfigFile,
    long FirstStep,
    long Events,
    TimeSpan Delay,
    long Seed,
    int? Sensors,
    bool Quiet,
    bool WithHeader,
    bool DryRun,
    string? PlotFile)
{
    /// <summary>Events per second of all sensors together, instead of <c>Delay</c>; null for rounds.</summary>
    public double? Rate { get; init; }

    /// <summary>Unit of the values in the picture; null for none.</summary>
    public string? PlotUnit { get; init; }

    /// <summary>Write with the latest registered schema instead of the local one.</summary>
    public bool UseRegistered { get; init; }

    /// <summary>Continue each sensor after its last step in the topic.</summary>
    public bool Resume { get; init; }

    /// <summary>The shard of the sensors to send; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The step after the last one; <see cref="long.MaxValue"/> if there is no end.</summary>
    public long EndStep => Events < 0 ? long.MaxValue : FirstStep + Events;
}
