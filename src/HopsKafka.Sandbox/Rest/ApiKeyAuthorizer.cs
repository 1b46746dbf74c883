using System.Security.Cryptography;
using System.Text;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Checks the API key and then the project, in the server's order.</summary>
internal sealed class ApiKeyAuthorizer(HopsworksState state, ServerQuirks quirks)
{
    private const string Scheme = "ApiKey ";

    /// <exception cref="RestException">No key, a wrong key, or one without the scope of this call.</exception>
    public HopsworksUser AuthorizeUser(HttpRequest request, string? scope)
    {
        var key = FindKey(request);
        if (!key.User.HasRole)
        {
            throw ErrorResponses.NoUserRole;
        }

        return scope is null || key.Scopes.Contains(scope) ? key.User : throw ErrorResponses.NoScope;
    }

    /// <exception cref="RestException">No such project, or the user may not do this in it.</exception>
    public HopsworksProject AuthorizeProject(HopsworksUser user, int projectId, ProjectRole least)
    {
        var project = state.FindProject(projectId) ?? throw ErrorResponses.NoProject;
        var role = project.RoleOf(user) ?? throw ErrorResponses.NoMember;
        return role >= least ? project : throw ErrorResponses.RoleTooLow;
    }

    private ApiKey FindKey(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            throw ErrorResponses.NoHeader;
        }

        // "Bearer " carries a session token, which the sandbox never issues.
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw ErrorResponses.NotApiKey;
        }

        var parts = header[Scheme.Length..].Trim().Split('.');
        if (parts.Length != 2)
        {
            throw ErrorResponses.BadKey(quirks);
        }

        var key = state.ApiKeys.Find(parts[0]) ?? throw ErrorResponses.UnknownKey(quirks);
        var matches = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(parts[1]), Encoding.UTF8.GetBytes(key.Secret.Reveal()));
        return matches ? key : throw ErrorResponses.BadKey(quirks);
    }
}
