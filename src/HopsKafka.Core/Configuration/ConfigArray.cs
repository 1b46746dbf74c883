namespace HopsKafka.Configuration;

/// <summary>An array of values.</summary>
/// <param name="Key">Where the key stands.</param>
/// <param name="Items">Its values.</param>
/// <param name="ValuePlace">Where the opening bracket stands.</param>
internal sealed record ConfigArray(Where Key, IReadOnlyList<ConfigNode> Items, Where ValuePlace) : ConfigNode(Key)
{
    /// <inheritdoc/>
    public override Where Place => ValuePlace;

    /// <inheritdoc/>
    public override string Kind => "an array";
}
