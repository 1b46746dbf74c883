namespace HopsKafka.Configuration;

/// <summary>Tables under one name: <c>[[name]]</c>, or an array of inline tables.</summary>
/// <param name="Key">Where the first header or the key stands.</param>
internal sealed record ConfigTableArray(Where Key) : ConfigNode(Key)
{
    /// <summary>The tables in the file's order.</summary>
    public List<ConfigTable> Tables { get; } = [];

    /// <inheritdoc/>
    public override string Kind => "an array of tables";
}
