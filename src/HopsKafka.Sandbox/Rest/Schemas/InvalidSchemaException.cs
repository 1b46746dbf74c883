namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>A text that Java Avro would not take as a schema.</summary>
internal sealed class InvalidSchemaException(string message, Exception? innerException = null)
    : Exception(message, innerException);
