namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>One run of a job.</summary>
/// <param name="id">Its number.</param>
/// <param name="arguments">What its starter passed.</param>
internal sealed class JobExecution(int id, string arguments)
{
    private volatile ExecutionState _state = ExecutionState.Initializing;

    public int Id => id;

    public string Arguments => arguments;

    public DateTimeOffset Submitted { get; } = DateTimeOffset.UtcNow;

    public ExecutionState State
    {
        get => _state;
        set => _state = value;
    }
}

/// <summary>How far a run is.</summary>
internal enum ExecutionState
{
    Initializing,
    Running,
    Finished,
    Failed,
}
