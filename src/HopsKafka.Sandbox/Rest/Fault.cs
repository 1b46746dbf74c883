namespace HopsKafka.Sandbox.Rest;

/// <summary>What goes wrong with one request.</summary>
internal sealed record Fault
{
    public static readonly Fault None = new();

    /// <summary>Given instead of the call's own answer.</summary>
    public Answer? Answer { get; init; }

    public TimeSpan Delay { get; init; }

    public bool Cut { get; init; }
}
