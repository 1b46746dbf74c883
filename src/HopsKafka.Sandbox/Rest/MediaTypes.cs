using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Media types of the API and their negotiation. Names are compared without case, parameters do not matter.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string ConfluentJson = "application/vnd.schemaregistry.v1+json";
    public const string Text = "text/plain";

    /// <summary>A request without Content-Type matches every call; a call without constraint accepts any.</summary>
    /// <exception cref="RestException">The header cannot be read: 400.</exception>
    public static bool Matches(string? contentType, IReadOnlyList<string> consumes)
    {
        if (consumes.Count == 0 || string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var sent)
            ? consumes.Any(type => sent.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            : throw ErrorResponses.Routing(StatusCodes.Status400BadRequest);
    }

    /// <summary>The response type that the client prefers; null if it accepts none.</summary>
    /// <exception cref="RestException">The header cannot be read: 400.</exception>
    public static string? Negotiate(IList<string?> accept, IReadOnlyList<string> produces)
    {
        if (accept.Count == 0)
        {
            return produces[0];
        }

        if (!MediaTypeHeaderValue.TryParseList(accept!, out var ranges))
        {
            throw ErrorResponses.Routing(StatusCodes.Status400BadRequest);
        }

        return produces.Select(type => (type, quality: Quality(type, ranges)))
            .Where(choice => choice.quality > 0)
            .OrderByDescending(choice => choice.quality)
            .Select(choice => choice.type)
            .FirstOrDefault();
    }

    // The most specific range decides: */*;q=0.5 does not lift a text/plain;q=0.
    private static double Quality(string type, IList<MediaTypeHeaderValue> ranges) => ranges
        .Where(range => new MediaTypeHeaderValue(type).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
