using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Finds the call of a request, or returns 404, 405, 415 or 406, in this order, before the API key is checked.</summary>
internal sealed class Router(ServerQuirks quirks)
{
    private readonly IReadOnlyList<Route> _routes = RouteTable.For(quirks);

    /// <exception cref="RestException">No call matches the request.</exception>
    public (Route Route, Dictionary<string, string> Path, string MediaType) Find(HttpRequest request)
    {
        var matches = MatchPath(request.Path.Value ?? "");
        if (matches.Count == 0)
        {
            throw ErrorResponses.Routing(StatusCodes.Status404NotFound);
        }

        // A HEAD is a GET whose body is not sent.
        var method = HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method;
        var match = matches.Find(m => m.Route.Method == method);
        if (match.Route is null)
        {
            throw NotAllowed(matches.Select(m => m.Route.Method));
        }

        if (!MediaTypes.Matches(request.ContentType, match.Route.Consumes))
        {
            throw ErrorResponses.Routing(StatusCodes.Status415UnsupportedMediaType);
        }

        var mediaType = MediaTypes.Negotiate([.. request.Headers.Accept], match.Route.Produces)
            ?? throw ErrorResponses.Routing(StatusCodes.Status406NotAcceptable);
        return (match.Route, match.Path, mediaType);
    }

    private List<(Route Route, Dictionary<string, string> Path)> MatchPath(string path)
    {
        // Hopsworks' own calls are relative to their base; those of the sandbox alone begin with a slash.
        path = path.StartsWith(RequestContext.Base, StringComparison.Ordinal) ? path[RequestContext.Base.Length..] : path;
        var parts = path.TrimEnd('/').Split('/');
        return [.. _routes.Select(route => (route, route.Match(parts)!)).Where(match => match.Item2 is not null)];
    }

    private static RestException NotAllowed(IEnumerable<string> methods) => new(
        ErrorResponses.Routing(StatusCodes.Status405MethodNotAllowed).Response.With("Allow", string.Join(", ", methods)));
}
