using System.Net;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>A response that is not a success, in either of the two error formats or any other form.</summary>
/// <param name="ErrorCode">Code of the body, or 0.</param>
/// <param name="Text">The server's message, as one line; null if there is none.</param>
/// <param name="IsHtml">True for a web page: not Hopsworks' API, but a proxy or another server.</param>
internal sealed record ErrorResponse(HttpStatusCode Status, int ErrorCode, string? Text, bool IsHtml)
{
    public static ErrorResponse Read(HttpStatusCode status, string? mediaType, string body, Secret key)
    {
        if (LooksLikeHtml(mediaType, body))
        {
            return new ErrorResponse(status, 0, null, true);
        }

        var (code, text) = ReadJson(body) ?? (0, body);
        text = DisplayText.Of(text, key);
        return new ErrorResponse(status, code, text.Length > 0 ? text : null, false);
    }

    public static bool LooksLikeHtml(string? mediaType, string body)
    {
        var start = body.AsSpan().TrimStart();
        return mediaType is "text/html" or "application/xhtml+xml"
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static (int Code, string Text)? ReadJson(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? ReadObject(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a character ("\ud800"), or plain text (a Jackson message, a proxy's line) is shown as it stands.
            return null;
        }
    }

    // Hopsworks: errorCode, errorMsg, usrMsg. Registry: error_code, message.
    private static (int Code, string Text) ReadObject(JsonElement json)
    {
        var code = Number(json, "errorCode") ?? Number(json, "error_code") ?? 0;
        var text = String(json, "errorMsg") ?? String(json, "message") ?? "";
        var detail = String(json, "usrMsg");
        return (code, detail is null || detail == text ? text : $"{text.TrimEnd('.')}: {detail}");
    }

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    private static string? String(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
