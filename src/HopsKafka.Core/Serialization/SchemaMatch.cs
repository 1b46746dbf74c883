namespace HopsKafka.Serialization;

/// <summary>How a registered schema compares with the local one.</summary>
public enum SchemaMatch
{
    /// <summary>Other bytes, or the same bytes with another meaning.</summary>
    Different,

    /// <summary>Another text that writes the same bytes with the same meaning.</summary>
    SameBytes,

    /// <summary>The same schema.</summary>
    Same,
}
