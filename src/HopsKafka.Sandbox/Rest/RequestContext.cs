using System.Globalization;
using HopsKafka.Avro;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest.State;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>What a handler works with: a request that has passed routing, key and project.</summary>
internal sealed record RequestContext(
    HttpRequest Request,
    IReadOnlyDictionary<string, string> Path,
    string MediaType,
    HopsworksState State,
    IEmbeddedKafka Kafka,
    FeatureStoreBackend FeatureStore,
    ServerQuirks Quirks,
    HopsworksUser User,
    HopsworksProject? Member)
{
    /// <summary>Where the API starts.</summary>
    public const string Base = "/hopsworks-api/api/";

    /// <summary>The project of the path; only for calls below one.</summary>
    public HopsworksProject Project => Member ?? throw new InvalidOperationException("the call has no project");

    public string Subject => Path["subject"];

    public CancellationToken Cancelled => Request.HttpContext.RequestAborted;

    /// <summary>The URL of this call, as the server reports it.</summary>
    public string Self => Href(Request.Path.Value!.TrimEnd('/')[Base.Length..]);

    /// <summary>A URL below the base of the API, on the host that the client named.</summary>
    public string Href(string path) => $"https://{Request.Host}{Base}{path}";

    public int Number(string name) => int.Parse(Path[name], CultureInfo.InvariantCulture);

    public string? Query(string name) => Request.Query.TryGetValue(name, out var value) ? value[0] : null;

    /// <summary>A number of the query. Jersey returns 404 for other text.</summary>
    public int? QueryNumber(string name) => Query(name) switch
    {
        null or "" => null,
        var text => PathNumber.TryParse(text, out var number)
            ? number
            : throw ErrorResponses.Routing(StatusCodes.Status404NotFound),
    };

    public Task<RequestBody> ReadBodyAsync() => RequestBody.ReadAsync(Request);

    /// <exception cref="RestException">42201.</exception>
    public static AvroType ParseSchema(string text)
    {
        try
        {
            return AvroType.Parse(text);
        }
        catch (InvalidSchemaException)
        {
            throw RegistryErrors.InvalidAvro;
        }
    }
}

/// <summary>Whole numbers in paths and queries, as Java's Integer reads them.</summary>
internal static class PathNumber
{
    public static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
