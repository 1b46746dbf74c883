namespace HopsKafka.Consumer;

/// <summary>What avro-consumer was asked to do.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Panels">Panels of the picture.</param>
/// <param name="Group">The consumer group; null for that of the configuration.</param>
/// <param name="MaxEvents">Events to print before it ends; null for no limit.</param>
/// <param name="ExitAtEnd">End when each partition reached the end that it had at the start.</param>
/// <param name="Quiet">One progress line instead of the events.</param>
/// <param name="PlotFile">Picture to draw; null for none.</param>
internal sealed record ConsumeRequest(
    string ConfigFile, int Panels, string? Group, long? MaxEvents, bool ExitAtEnd, bool Quiet, string? PlotFile)
{
    /// <summary>Read with the latest registered schema in place of the local one.</summary>
    public bool UseRegistered { get; init; }
}
