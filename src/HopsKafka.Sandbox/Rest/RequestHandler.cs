using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>From request to response: routing, API key, project, call. Every failure becomes a response here.</summary>
internal sealed class RequestHandler(HopsworksState state, IEmbeddedKafka kafka, FeatureStoreBackend featureStore, ServerQuirks quirks)
{
    private readonly Router _router = new(quirks);
    private readonly ApiKeyAuthorizer _authorizer = new(state, quirks);

    /// <returns>The response and, if the server itself failed, why.</returns>
    public async Task<(Response Response, string? Failure)> HandleAsync(HttpRequest request)
    {
        try
        {
            var (route, path, mediaType) = _router.Find(request);
            return (await CallAsync(route, path, mediaType, request), null);
        }
        catch (RestException e)
        {
            return (e.Response, e.InnerException?.Message);
        }
    }

    private async Task<Response> CallAsync(Route route, Dictionary<string, string> path, string mediaType, HttpRequest request)
    {
        try
        {
            var user = _authorizer.AuthorizeUser(request, route.Scope);
            var call = new RequestContext(request, path, mediaType, state, kafka, featureStore, quirks, user, null);
            if (route.Role is { } role)
            {
                call = call with { Member = _authorizer.AuthorizeProject(user, call.Number("project"), role) };
            }

            return await route.Handler(call);
        }
        catch (RestException e) when (route.OnlyText)
        {
            throw new RestException(ErrorResponses.Routing(StatusCodes.Status500InternalServerError).Response, e.InnerException);
        }
        catch (Exception e) when (e is not RestException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw ErrorResponses.Unhandled(e);
        }
    }
}
