using System.Text.Json.Nodes;

namespace HopsKafka.Tool.Schemas;

/// <summary>The result of <c>hops-kafka schemas check</c> as JSON.</summary>
internal static class SchemaCheckJson
{
    public static JsonObject OfInvalid(string file, string subject, string error) => new()
    {
        ["file"] = file,
        ["subject"] = subject,
        ["error"] = error,
        ["compatible"] = null,
        ["level"] = null,
        ["level_of"] = null,
        ["registered_version"] = null,
        ["versions"] = new JsonArray(),
    };

    public static JsonObject Of(string file, string subject, SchemaCheckResult result) => new()
    {
        ["file"] = file,
        ["subject"] = subject,
        ["error"] = null,
        ["compatible"] = result.IsCompatible,
        ["level"] = result.Level.Name,
        ["level_of"] = result.Level.IsOfSubject ? "subject" : "project",
        ["registered_version"] = result.Registered?.Version,
        ["versions"] = new JsonArray([.. result.Versions.Select(version => new JsonObject
        {
            ["version"] = version.Schema.Version,
            ["id"] = version.Schema.Id,
            ["compatible"] = version.IsCompatible,
            ["local"] = MatchText.Json(version.Difference.Match),
            ["differences"] = new JsonArray([.. version.Difference.Lines.Select(line => (JsonNode)line)]),
        })]),
    };
}
