using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>What goes back to the client.</summary>
internal sealed record Response(int Status, string? ContentType = null, string? Body = null)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>JSON of an anonymous object or a list; nulls are left out, as Hopsworks does.</summary>
    public static Response Json(object body, int status = StatusCodes.Status200OK) =>
        new(status, MediaTypes.Json, JsonSerializer.Serialize(body, JsonOptions));

    /// <summary>A Java list as <c>toString()</c> prints it: <c>[a, b]</c>, texts unquoted.</summary>
    public static Response JavaList<T>(IEnumerable<T> items, string mediaType) =>
        new(StatusCodes.Status200OK, mediaType, $"[{string.Join(", ", items)}]");

    public static Response Empty(int status) => new(status);

    public Response With(string header, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(header, value)] };
}
