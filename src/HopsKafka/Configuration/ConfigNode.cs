using System.Text;

namespace HopsKafka.Configuration;

/// <summary>A node of the tree that TOML and the environment make together.</summary>
/// <param name="Key">Where its key stands: what an unknown or misplaced key is blamed on.</param>
internal abstract record ConfigNode(SourceLocation Key)
{
    /// <summary>What a user calls this kind of node.</summary>
    public abstract string Kind { get; }

    /// <summary>Where the value stands: what a wrong type or value is blamed on.</summary>
    public virtual SourceLocation Place => Key;
}

/// <summary>An array of values.</summary>
/// <param name="Key">Where the key stands.</param>
/// <param name="ValuePlace">Where the opening bracket stands.</param>
internal sealed record ConfigArray(SourceLocation Key, IReadOnlyList<ConfigNode> Items, SourceLocation ValuePlace) : ConfigNode(Key)
{
    /// <inheritdoc/>
    public override SourceLocation Place => ValuePlace;

    /// <inheritdoc/>
    public override string Kind => "an array";
}

/// <summary>A text, number, truth value or date.</summary>
/// <param name="Key">Where the key stands.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>; null for a
/// date.</param>
/// <param name="ValuePlace">Where the value stands.</param>
internal sealed record ConfigScalar(SourceLocation Key, object? Value, SourceLocation ValuePlace) : ConfigNode(Key)
{
    /// <inheritdoc/>
    public override SourceLocation Place => ValuePlace;

    /// <inheritdoc/>
    public override string Kind => Value switch
    {
        string => "a text",
        long => "a whole number",
        double => "a number with a fraction",
        bool => "a truth value",
        _ => "a date",
    };

    /// <summary>True when it comes from the environment, where every value is a text.</summary>
    public bool IsVariable => Key.Variable is not null;

    // The value may be a secret: a record would print it.
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Key).Append(", ").Append(Kind);
        return true;
    }
}

/// <summary>A table: <c>[name]</c>, an inline table, or one that dotted keys imply.</summary>
/// <param name="Key">Where its header or key stands.</param>
/// <param name="Named">True when a header of its own, or an inline table, made it.</param>
internal sealed record ConfigTable(SourceLocation Key, bool Named) : ConfigNode(Key)
{
    /// <summary>Its children by key, in the file's order.</summary>
    public Dictionary<string, ConfigNode> Children { get; } = [];

    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>The child table of that name; null if there is none, or if it is not a table.</summary>
    public ConfigTable? Table(string name) => Children.GetValueOrDefault(name) as ConfigTable;

    /// <summary>The child table of that name, which is added if there is no such child; null if the child is not a table.</summary>
    public ConfigTable? GetOrAddTable(string name)
    {
        Children.TryAdd(name, new ConfigTable(SourceLocation.Start, Named: false));
        return Table(name);
    }
}

/// <summary>Tables under one name: <c>[[name]]</c>, or an array of inline tables.</summary>
/// <param name="Key">Where the first header or the key stands.</param>
internal sealed record ConfigTableArray(SourceLocation Key) : ConfigNode(Key)
{
    /// <summary>The tables in the file's order.</summary>
    public List<ConfigTable> Tables { get; } = [];

    /// <inheritdoc/>
    public override string Kind => "an array of tables";
}
