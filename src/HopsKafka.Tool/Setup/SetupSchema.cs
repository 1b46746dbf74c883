using HopsKafka.Configuration;
using HopsKafka.Serialization;

namespace HopsKafka.Tool.Setup;

/// <summary>Which schema <c>hops-kafka setup</c> is about.</summary>
internal static class SetupSchema
{
    /// <summary>The schema of <c>--schema</c>, or that of the configuration.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="config">The configuration.</param>
    /// <returns>The schema; null when the configuration names a subject and no file.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be used, or the configuration's names do not fit.</exception>
    public static LocalSchema? Load(SetupRequest request, HopsKafkaConfig config) => request.SchemaFile is { } file
        ? LocalSchema.ReadFile(file, "--schema", config.Kafka.Schema)
        : LocalSchema.LoadOfSubject(config.Kafka);
}
