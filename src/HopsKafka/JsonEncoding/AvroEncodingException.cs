using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>A JSON text is no value of the schema.</summary>
/// <param name="fieldPath">The place of the value, such as <c>customer.items[3].price</c>; empty for the whole.</param>
/// <param name="offset">Where it starts in the JSON, in bytes.</param>
/// <param name="reason">What is wrong with it, as a sentence.</param>
internal sealed class AvroEncodingException(string fieldPath, int offset, string reason, Exception? innerException = null)
    : HopsKafkaException(fieldPath.Length == 0 ? reason : $"{fieldPath}: {reason}", innerException: innerException)
{
    /// <summary>The place of the value, such as <c>customer.items[3].price</c>; empty for the whole.</summary>
    public string FieldPath { get; } = fieldPath;

    /// <summary>Where it starts in the JSON, in bytes. A missing field is where its object ends.</summary>
    public int Offset { get; } = offset;

    /// <summary>What is wrong with it, as a sentence.</summary>
    public string Reason { get; } = reason;
}
