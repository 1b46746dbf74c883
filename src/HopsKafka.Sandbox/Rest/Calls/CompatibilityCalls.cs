using System.Text.Json.Nodes;
using Confluent.SchemaRegistry;
using HopsKafka.Sandbox.Rest.Schemas;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The compatibility check and the levels of project and subject.</summary>
internal static class CompatibilityCalls
{
    public static async Task<Response> CheckAsync(RequestContext call)
    {
        var text = (await call.ReadBodyAsync()).Text("schema");
        _ = SubjectLookup.ParseVersion(call.Path["version"]); // an invalid version comes before an invalid schema
        var candidate = RequestContext.ParseSchema(text ?? throw ErrorResponses.Unhandled());
        var version = SubjectLookup.Version(call).Version;
        var is_compatible = call.State.Schemas.IsCompatible(call.Project.Id, call.Subject, version, candidate);
        return Response.Json(new JsonObject { ["is_compatible"] = is_compatible });
    }

    public static Task<Response> ProjectLevel(RequestContext call) =>
        Task.FromResult(Level(call.State.Schemas.Level(call.Project.Id)!.Value));

    public static Task<Response> SubjectLevel(RequestContext call) => Task.FromResult(
        Level(call.State.Schemas.Level(call.Project.Id, call.Subject) ?? throw RegistryErrors.SubjectNotFound));

    public static Task<Response> SetProjectLevelAsync(RequestContext call) => SetLevelAsync(call, subject: null);

    public static Task<Response> SetSubjectLevelAsync(RequestContext call) => SetLevelAsync(call, call.Subject);

    private static async Task<Response> SetLevelAsync(RequestContext call, string? subject)
    {
        var text = (await call.ReadBodyAsync()).Text("compatibility") ?? throw RegistryErrors.InvalidLevel;
        var level = CompatibilityRules.Parse(text) ?? throw ErrorResponses.BadJson(
            $"Cannot deserialize the level \"{text}\": accepted are {string.Join(", ", CompatibilityRules.Texts)}");
        if (subject is not null)
        {
            _ = SubjectLookup.Versions(call);
        }

        call.State.Schemas.SetLevel(call.Project.Id, subject, level);
        return Response.Json(new JsonObject { ["compatibility"] = text });
    }

    private static Response Level(Compatibility level) => Response.Json(new JsonObject { ["compatibilityLevel"] = CompatibilityRules.Text(level) });
}
