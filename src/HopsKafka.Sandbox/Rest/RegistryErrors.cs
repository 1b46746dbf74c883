using System.Text.Json.Nodes;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Errors in the schema registry's shape: error_code and message. The messages are fixed and name no subject.</summary>
internal static class RegistryErrors
{
    public static RestException SubjectNotFound => Error(40401, "Subject not found");

    public static RestException VersionNotFound => Error(40402, "Version not found");

    public static RestException SchemaNotFound => Error(40403, "Schema not found");

    public static RestException Incompatible => Error(40901, "Incompatible Avro schema");

    public static RestException InvalidAvro => Error(42201, "Invalid Avro schema");

    public static RestException InvalidVersion => Error(42202, "Invalid version");

    public static RestException InvalidLevel => Error(42203, "Invalid compatibility level");

    private static RestException Error(int code, string message) =>
        new(Response.Json(new JsonObject { ["error_code"] = code, ["message"] = message }, code / 100));
}
