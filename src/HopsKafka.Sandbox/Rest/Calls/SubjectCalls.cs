using System.Text.Json.Nodes;
using Confluent.SchemaRegistry;
using HopsKafka.Sandbox.Rest.Schemas;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Subjects, their versions, and schemas by id. The order of the checks is the server's.</summary>
internal static class SubjectCalls
{
    // Limits of the server's database columns.
    private const int MaxSubject = 255;
    private const int MaxText = 10_000;

    public static Task<Response> List(RequestContext call) =>
        Task.FromResult(Response.JavaList(call.State.Schemas.Subjects(call.Project.Id), call.MediaType));

    public static Task<Response> Versions(RequestContext call) =>
        Task.FromResult(Response.JavaList(SubjectLookup.Versions(call).Select(v => v.Version), call.MediaType));

    public static async Task<Response> LookUpAsync(RequestContext call)
    {
        var text = (await call.ReadBodyAsync()).Text("schema");
        var versions = SubjectLookup.Versions(call);
        var stored = RequestContext.ParseSchema(text ?? throw ErrorResponses.Unhandled()).ToJavaText();
        return Response.Json(ToJson(versions.FirstOrDefault(v => v.SchemaString == stored) ?? throw RegistryErrors.SchemaNotFound));
    }

    public static async Task<Response> RegisterAsync(RequestContext call)
    {
        var text = (await call.ReadBodyAsync()).Text("schema");
        SubjectLookup.EnsureNotReserved(call.Subject);
        var schema = RequestContext.ParseSchema(text ?? throw ErrorResponses.Unhandled());
        if (call.Subject.Length > MaxSubject || schema.ToJavaText().Length > MaxText)
        {
            throw ErrorResponses.Unhandled();
        }

        var registered = call.State.Schemas.Register(call.Project.Id, call.Subject, schema) ?? throw RegistryErrors.Incompatible;
        return Response.Json(new JsonObject { ["id"] = registered.Id, ["subject"] = registered.Subject, ["version"] = registered.Version });
    }

    public static Task<Response> Version(RequestContext call) => Task.FromResult(Response.Json(ToJson(SubjectLookup.Version(call))));

    public static Task<Response> VersionText(RequestContext call) =>
        Task.FromResult(new Response(200, MediaTypes.Json, SubjectLookup.Version(call).SchemaString));

    public static Task<Response> ById(RequestContext call)
    {
        var schema = call.State.Schemas.FindText(call.Project.Id, call.Number("id")) ?? throw RegistryErrors.SchemaNotFound;
        return Task.FromResult(Response.Json(new JsonObject { ["schema"] = schema }));
    }

    public static Task<Response> Delete(RequestContext call)
    {
        SubjectLookup.EnsureNotReserved(call.Subject);
        EnsureNotInUse(call, version: null);
        var versions = SubjectLookup.Versions(call);
        call.State.Schemas.Delete(call.Project.Id, call.Subject);
        return Task.FromResult(Response.JavaList(versions.Select(v => v.Version), call.MediaType));
    }

    public static Task<Response> DeleteVersion(RequestContext call)
    {
        SubjectLookup.EnsureNotReserved(call.Subject);
        var version = SubjectLookup.Version(call).Version;
        EnsureNotInUse(call, version);
        call.State.Schemas.Delete(call.Project.Id, call.Subject, version);
        return Task.FromResult(new Response(200, call.MediaType, $"{version}"));
    }

    private static void EnsureNotInUse(RequestContext call, int? version)
    {
        if (call.State.Topics.VisibleTo(call.Project.Id).Any(topic => topic.OwnerProjectId == call.Project.Id
            && topic.Subject == call.Subject && (version ?? topic.SchemaVersion) == topic.SchemaVersion))
        {
            throw KafkaErrors.SchemaInUse;
        }
    }

    /// <summary>A version as the server shows it in full.</summary>
    public static JsonObject ToJson(RegisteredSchema found) =>
        new() { ["id"] = found.Id, ["subject"] = found.Subject, ["version"] = found.Version, ["schema"] = found.SchemaString };
}
