using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>The response to a request.</summary>
internal sealed record Response(int Status, string? ContentType = null, string? Body = null)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON; members without a value are omitted, as Hopsworks does.</summary>
    public static Response Json(JsonNode body, int status = StatusCodes.Status200OK)
    {
        RemoveNulls(body);
        return new(status, MediaTypes.Json, body.ToJsonString(JsonOptions));
    }

    /// <summary>A Java list as <c>toString()</c> prints it: <c>[a, b]</c>, texts unquoted.</summary>
    public static Response JavaList<T>(IEnumerable<T> items, string mediaType) =>
        new(StatusCodes.Status200OK, mediaType, $"[{string.Join(", ", items)}]");

    public static Response Empty(int status) => new(status);

    public Response With(string header, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(header, value)] };

    private static void RemoveNulls(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Where(m => m.Value is null).Select(m => m.Key).ToList())
            {
                members.Remove(name);
            }
        }

        foreach (var child in node switch { JsonObject o => o.Select(m => m.Value), JsonArray a => a, _ => [] })
        {
            RemoveNulls(child);
        }
    }
}
