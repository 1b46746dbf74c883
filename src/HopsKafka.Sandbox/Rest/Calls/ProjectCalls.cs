using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>What the official Python client asks before it comes to Kafka. The shapes hold what that client reads.</summary>
internal static class ProjectCalls
{
    public static Task<Response> Versions(RequestContext call)
    {
        var release = call.Quirks.Release;
        var version = $"{release.Major}.{release.Minor}.{Math.Max(release.Build, 0)}";
        return Task.FromResult(Response.Json(new[] { new { software = "hopsworks", version } }));
    }

    public static Task<Response> List(RequestContext call)
    {
        var user = new { username = call.User.Username, email = call.User.Email };
        var mine = call.State.Projects.Where(p => p.RoleOf(call.User) is not null);
        return Task.FromResult(Response.Json(mine.Select(p => new { project = new { id = p.Id, name = p.Name }, user })));
    }

    public static Task<Response> Info(RequestContext call)
    {
        var project = call.State.FindProject(call.Path["name"]) ?? throw ErrorResponses.NoProject;
        return project.RoleOf(call.User) is null
            ? throw ErrorResponses.NoMember
            : Task.FromResult(Response.Json(new { projectId = project.Id, projectName = project.Name }));
    }

    public static Task<Response> Credentials(RequestContext call)
    {
        var mine = call.Project.CredentialsOf(call.User) ?? throw ErrorResponses.NoCredentials;
        var pem = call.Quirks.CredentialsHavePem ? mine : null;
        return Task.FromResult(Response.Json(new
        {
            fileExtension = "jks",
            kStore = Convert.ToBase64String(mine.KeyStore.Span),
            tStore = Convert.ToBase64String(mine.TrustStore.Span),
            password = mine.Password.Reveal(),
            caChain = pem?.CaChainPem,
            clientCert = pem?.ClientCertificatePem,
            clientKey = pem?.ClientKeyPem.Reveal(),
        }));
    }
}
