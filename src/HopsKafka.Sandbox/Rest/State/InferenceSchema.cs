using HopsKafka.Avro;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>
/// The subject that Hopsworks gives to each new project for its model servers. The name and the three versions are
/// Hopsworks'; the fields are the sandbox's own and only resemble the real ones.
/// </summary>
internal static class InferenceSchema
{
    public const string Subject = "inferenceschema";

    private static readonly string[] Fields =
    [
        """{"name":"modelName","type":"string"}""",
        """{"name":"modelVersion","type":"int"}""",
        """{"name":"requestTimestamp","type":"long"}""",
        """{"name":"inferenceRequest","type":"string"}""",
        """{"name":"inferenceResponse","type":"string"}""",
    ];

    private static readonly string[] LaterFields =
    [
        """{"name":"servingType","type":["null","string"],"default":null}""",
        """{"name":"requestId","type":["null","string"],"default":null}""",
    ];

    public static void AddTo(SchemaStore schemas, int projectId)
    {
        for (var version = 1; version <= 3; version++)
        {
            var fields = string.Join(',', Fields.Concat(LaterFields.Take(version - 1)));
            var type = AvroType.Parse($$"""{"type":"record","name":"inferencelog","fields":[{{fields}}]}""");
            _ = schemas.Register(projectId, Subject, type);
        }
    }
}
