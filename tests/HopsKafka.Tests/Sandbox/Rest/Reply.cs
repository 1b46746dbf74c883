using System.Text.Json;

namespace HopsKafka.Tests.Sandbox.Rest;

/// <summary>What came back from the server.</summary>
internal sealed record Reply(int Status, string? ContentType, string Body, HttpResponseMessage Message)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The names of the properties of the body, or of an object in it.</summary>
    public static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    /// <summary>The code of either error shape.</summary>
    public int ErrorCode => Json.TryGetProperty("error_code", out var code) ? code.GetInt32() : Json.GetProperty("errorCode").GetInt32();

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
