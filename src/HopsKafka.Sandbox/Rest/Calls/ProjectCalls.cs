using System.Text.Json.Nodes;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The calls of the official Python client before it connects to Kafka. Responses have the members that this client reads.</summary>
internal static class ProjectCalls
{
    public static Task<Response> Versions(RequestContext call)
    {
        var release = call.Quirks.Release;
        var version = $"{release.Major}.{release.Minor}.{Math.Max(release.Build, 0)}";
        return Task.FromResult(Response.Json(new JsonArray(new JsonObject { ["software"] = "hopsworks", ["version"] = version })));
    }

    /// <summary>A setting of the server. The official client asks at its login whether roles of data scientists are reduced.</summary>
    public static Task<Response> Variable(RequestContext call) => call.Path["name"] == "enable_data_science_profile"
        ? Task.FromResult(Response.Json(new JsonObject { ["successMessage"] = "false" }))
        : throw ErrorResponses.Routing(404);

    public static Task<Response> List(RequestContext call)
    {
        var mine = call.State.Projects.Where(p => p.RoleOf(call.User) is not null).Select(p => new JsonObject
        {
            ["project"] = new JsonObject { ["id"] = p.Id, ["name"] = p.Name },
            ["user"] = new JsonObject { ["username"] = call.User.Username, ["email"] = call.User.Email },
        });
        return Task.FromResult(Response.Json(new JsonArray([.. mine])));
    }

    public static Task<Response> Info(RequestContext call)
    {
        var project = call.State.FindProject(call.Path["name"]) ?? throw ErrorResponses.NoProject;
        return project.RoleOf(call.User) is null
            ? throw ErrorResponses.NoMember
            : Task.FromResult(Response.Json(new JsonObject { ["projectId"] = project.Id, ["projectName"] = project.Name }));
    }

    public static Task<Response> Credentials(RequestContext call)
    {
        var mine = call.Project.CredentialsOf(call.User) ?? throw ErrorResponses.NoCredentials;
        var pem = call.Quirks.CredentialsHavePem ? mine : null;
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["fileExtension"] = "jks",
            ["kStore"] = Convert.ToBase64String(mine.KeyStore.Span),
            ["tStore"] = Convert.ToBase64String(mine.TrustStore.Span),
            ["password"] = mine.Password.Reveal(),
            ["caChain"] = pem?.CaChainPem,
            ["clientCert"] = pem?.ClientCertificatePem,
            ["clientKey"] = pem?.ClientKeyPem.Reveal(),
        }));
    }
}
