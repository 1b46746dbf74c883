namespace HopsKafka.Configuration;

/// <summary>A table: <c>[name]</c>, an inline table, or one that dotted keys imply.</summary>
/// <param name="Key">Where its header or key stands.</param>
/// <param name="Named">True when a header of its own, or an inline table, made it.</param>
internal sealed record ConfigTable(Where Key, bool Named) : ConfigNode(Key)
{
    /// <summary>What stands in it, in the file's order, by key.</summary>
    public Dictionary<string, ConfigNode> Children { get; } = [];

    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>The child table of that name; null when there is none, or when it is something else.</summary>
    public ConfigTable? Table(string name) => Children.GetValueOrDefault(name) as ConfigTable;
}
