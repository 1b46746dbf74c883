using HopsKafka.Configuration;
using HopsKafka.Serialization;

namespace HopsKafka.Tool.Setup;

/// <summary>Which schema <c>hops-kafka setup</c> is about.</summary>
internal static class SetupSchema
{
    /// <summary>The schema of <c>--schema</c>, or that of the configuration, which the pair must be able to use.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="config">The configuration.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be used, or the configuration's names do not fit.</exception>
    public static LocalSchema Load(SetupRequest request, HopsKafkaConfig config) => request.SchemaFile is { } file
        ? LocalSchema.ReadFile(file, "--schema")
        : LocalSchema.Of(SensorSchema.Load(config.Kafka));
}
