using HopsKafka.Cli;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Consumer.Positions;

namespace HopsKafka.Consumer;

/// <summary>The validated options of avro-consumer.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The consumer group; null for that of the configuration.</param>
/// <param name="MaxEvents">Number of events after which the run ends; null for no limit.</param>
/// <param name="Quiet">One progress line instead of the events.</param>
internal sealed record ConsumeRequest(string ConfigFile, string? Group, long? MaxEvents, bool Quiet)
{
    /// <summary>The partitions to read, and where to start and end.</summary>
    public PositionOptions Positions { get; init; } = new();

    /// <summary>The handling of events that cannot be decoded.</summary>
    public ErrorPolicy Errors { get; init; } = ErrorPolicy.Stop;

    /// <summary>How events are shown.</summary>
    public OutputOptions Output { get; init; } = new();

    /// <summary>What is drawn, and where.</summary>
    public PlotOptions Plot { get; init; } = new();

    /// <summary>Time between two lines of statistics; null for none.</summary>
    public TimeSpan? StatisticsEvery { get; init; }

    /// <summary>Print the dead letters of this file without a cluster; null to consume.</summary>
    public string? DecodeFile { get; init; }

    /// <summary>Check the sensors' steps, and print the result instead of the events.</summary>
    public bool Verify { get; init; }

    /// <summary>Read with the latest registered schema in place of the local one.</summary>
    public bool UseRegistered { get; init; }

    /// <summary>The feature group whose rows are read; null for the events of the configured topic.</summary>
    public FeatureGroupName? FeatureGroup { get; init; }
}
