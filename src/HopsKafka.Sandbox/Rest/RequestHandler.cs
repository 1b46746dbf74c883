using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>From request to answer: routing, API key, project, call. Every failure becomes an answer here.</summary>
internal sealed class RequestHandler(HopsworksState state, IEmbeddedKafka kafka, ServerQuirks quirks)
{
    private readonly Router _router = new(quirks);
    private readonly Gatekeeper _gatekeeper = new(state, quirks);

    /// <returns>The answer and, when the server itself failed, why.</returns>
    public async Task<(Answer Answer, string? Failure)> AnswerAsync(HttpRequest request)
    {
        try
        {
            var (route, path, mediaType) = _router.Find(request);
            return (await CallAsync(route, path, mediaType, request), null);
        }
        catch (RestException e)
        {
            return (e.Answer, e.InnerException?.Message);
        }
    }

    private async Task<Answer> CallAsync(Route route, Dictionary<string, string> path, string mediaType, HttpRequest request)
    {
        try
        {
            var user = _gatekeeper.AdmitUser(request, route.Scope);
            var call = new Call(request, path, mediaType, state, kafka, quirks, user, null);
            if (route.Role is { } role)
            {
                call = call with { Member = _gatekeeper.AdmitToProject(user, call.Number("project"), role) };
            }

            return await route.Handler(call);
        }
        catch (RestException e) when (route.OnlyText)
        {
            throw new RestException(Refusals.Routing(StatusCodes.Status500InternalServerError).Answer, e.InnerException);
        }
        catch (Exception e) when (e is not RestException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Refusals.Unhandled(e);
        }
    }
}
