using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Producer.Inputs;

/// <summary>The schema of Avro keys.</summary>
/// <param name="Id">Its id in the registry.</param>
/// <param name="Subject">Its subject.</param>
internal sealed record KeySchema(int Id, AvroType Type, string Subject)
{
    /// <summary>Finds the latest version of the topic's key subject, as Confluent's TopicNameStrategy names it.</summary>
    /// <exception cref="HopsKafkaException">There is none, or the registry cannot be used.</exception>
    public static async Task<KeySchema> FindAsync(RegistryApi registry, string topic, CancellationToken stop)
    {
        var subject = $"{topic}-key";
        var registered = await registry.GetLatestSchemaAsync(subject, stop);
        try
        {
            return new KeySchema(registered.Id, AvroType.Parse(registered.SchemaString), subject);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException($"Keys cannot be written with the schema of subject {subject}: {e.Message}.", "Register a valid version of it.", innerException: e);
        }
    }
}
