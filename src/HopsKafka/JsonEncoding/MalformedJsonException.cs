namespace HopsKafka.JsonEncoding;

/// <summary>The JSON is wrong whatever the schema says, so that no other branch of a union needs to be tried.</summary>
/// <param name="offset">Where in the JSON.</param>
/// <param name="reason">What is wrong, as a sentence.</param>
internal sealed class MalformedJsonException(long offset, string reason, Exception? innerException = null) : FormatException(reason, innerException)
{
    /// <summary>Where in the JSON.</summary>
    public int Offset { get; } = (int)offset;
}
