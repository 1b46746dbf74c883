using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Producer.Inputs;

/// <summary>The schema of Avro keys.</summary>
/// <param name="Id">Its id in the registry.</param>
/// <param name="Subject">Its subject.</param>
internal sealed record KeySchema(int Id, AvroType Type, string Subject)
{
    private const int NoSubject = 40401;

    /// <summary>Finds the latest version of the topic's key subject, as Confluent's TopicNameStrategy names it.</summary>
    /// <exception cref="HopsKafkaException">There is none, or the registry cannot be used.</exception>
    public static async Task<KeySchema> FindAsync(RegistryApi registry, string topic, CancellationToken stop)
    {
        var subject = $"{topic}-key";
        try
        {
            var registered = await registry.GetLatestSchemaAsync(subject, stop);
            return new KeySchema(registered.Id, AvroType.Parse(registered.SchemaString), subject);
        }
        catch (HopsworksException e) when (e.ErrorCode == NoSubject)
        {
            throw new HopsKafkaException(
                $"Keys cannot be written as Avro (--key-format): the registry has no subject {subject}.",
                "Register the schema of the keys under this name in Hopsworks (Kafka, schemas), or leave out --key-format for keys of text.",
                innerException: e);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException($"Keys cannot be written with the schema of subject {subject}: {e.Message}.", "Register a valid version of it.", innerException: e);
        }
    }
}
