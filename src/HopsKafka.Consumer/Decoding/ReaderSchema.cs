using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer.Decoding;

/// <summary>The schema that values are read with, in place of the writers'.</summary>
/// <param name="Text">As the user wrote it.</param>
internal sealed record ReaderSchema(string Text, AvroType Type)
{
    /// <summary>Reads the schema of <c>--reader-schema</c>: any Avro schema, with or without a name.</summary>
    /// <exception cref="HopsKafkaException">The file cannot be read, or does not contain a valid Avro schema.</exception>
    public static ReaderSchema ReadFile(string path)
    {
        const string remedy = "Correct --reader-schema: it names a file with an Avro schema.";
        try
        {
            return Parse(LocalSchema.ReadText(path, remedy).Trim());
        }
        catch (InvalidSchemaException e)
        {
            throw new HopsKafkaException($"The schema file {path} does not contain a valid Avro schema: {e.Message}.", remedy, ExitCode.Usage, e);
        }
    }

    /// <summary>Reads a schema of the registry.</summary>
    /// <param name="text">The schema as JSON.</param>
    /// <exception cref="HopsKafkaException">The text is not a valid Avro schema.</exception>
    public static ReaderSchema OfRegistered(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (InvalidSchemaException e)
        {
            throw new HopsKafkaException($"The registered schema is not a valid Avro schema: {e.Message}.", innerException: e);
        }
    }

    private static ReaderSchema Parse(string text) => new(text, AvroType.Parse(text));
}
