namespace HopsKafka.AvroTypes;

/// <summary>A text that Java Avro would not take as a schema.</summary>
/// <param name="message">Why, as a clause.</param>
/// <param name="innerException">The failure below.</param>
public sealed class InvalidSchemaException(string message, Exception? innerException = null)
    : Exception(message, innerException);
