namespace HopsKafka.Configuration;

/// <summary>One librdkafka property of the file or the environment.</summary>
/// <param name="Name">The name that stands for its aliases too.</param>
/// <param name="Spelt">The name as written.</param>
/// <param name="Scope">Which clients have it.</param>
/// <param name="Node">The value and its place.</param>
internal sealed record PropertySetting(string Name, string Spelt, PropertyScope Scope, ConfigNode Node)
{
    /// <summary>The value as librdkafka takes it; empty until it was checked.</summary>
    public string Value { get; init; } = "";

    /// <summary>True when it comes from the environment.</summary>
    public bool IsVariable => Node.Key.Variable is not null;
}
