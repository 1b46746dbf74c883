namespace HopsKafka.Configuration;

/// <summary>A node of the tree that TOML and the environment make together.</summary>
/// <param name="Key">Where its key stands: what an unknown or misplaced key is blamed on.</param>
internal abstract record ConfigNode(Where Key)
{
    /// <summary>What a user calls this kind of node.</summary>
    public abstract string Kind { get; }

    /// <summary>Where the value stands: what a wrong type or value is blamed on.</summary>
    public virtual Where Place => Key;
}
