namespace HopsKafka.Producer;

/// <summary>What avro-producer was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="ConfigFileGiven">Whether the user named it; if not, a dry run goes without when it is absent.</param>
/// <param name="FirstStep">First time step.</param>
/// <param name="Events">Events per sensor; negative for ever.</param>
/// <param name="Delay">Time from one round to the next.</param>
/// <param name="Sensors">Number of sensors; null for as many as are configured.</param>
/// <param name="Quiet">One progress line instead of a line per event.</param>
/// <param name="WithHeader">Whether each event carries the <c>hops-step</c> header.</param>
/// <param name="DryRun">Print what would be sent, and send nothing.</param>
/// <param name="PlotFile">Picture of a dry run; null for none.</param>
internal sealed record ProduceRequest(
    string ConfigFile,
    bool ConfigFileGiven,
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
    /// <summary>Events per second of all sensors together, in place of the delay; null for rounds.</summary>
    public double? Rate { get; init; }

    /// <summary>The unit that the picture shows; null for none.</summary>
    public string? PlotUnit { get; init; }

    /// <summary>Write with the latest registered schema in place of the local one.</summary>
    public bool UseRegistered { get; init; }

    /// <summary>Read from the topic where each sensor goes on.</summary>
    public bool Resume { get; init; }

    /// <summary>The share of the sensors to send; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The step after the last one, <see cref="long.MaxValue"/> when there is none.</summary>
    public long EndStep => Events < 0 ? long.MaxValue : FirstStep + Events;
}
