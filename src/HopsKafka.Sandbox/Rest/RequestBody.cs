using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>
/// The JSON object of a request, read as Jackson reads it: numbers pass for texts and texts for numbers. Unknown
/// properties are ignored; whether 2.2 does so has not been verified.
/// </summary>
internal sealed class RequestBody(JsonElement json)
{
    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (text.Length == 0)
        {
            throw ErrorResponses.Unhandled(); // the server's parameter stays null
        }

        if (string.IsNullOrEmpty(request.ContentType))
        {
            throw ErrorResponses.Routing(StatusCodes.Status415UnsupportedMediaType); // bytes of no type find no reader
        }

        return new RequestBody(ParseObject(text));
    }

    public string? Text(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => throw TypeMismatch(name, "String"),
        { } value => value.GetRawText(),
        null => null,
    };

    public bool? Flag(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        null => null,
        _ => throw TypeMismatch(name, "Boolean"),
    };

    /// <summary>The objects of an array; null when it is absent.</summary>
    public IReadOnlyList<RequestBody>? Objects(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) =>
            [.. value.EnumerateArray().Select(item => new RequestBody(item))],
        null => null,
        _ => throw TypeMismatch(name, "Object"),
    };

    /// <summary>A member as it was sent; null when it is absent.</summary>
    public JsonElement? Json(string name) => Value(name);

    public int? Number(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { ValueKind: JsonValueKind.String } value when PathNumber.TryParse(value.GetString()!, out var number) => number,
        null => null,
        _ => throw TypeMismatch(name, "Integer"),
    };

    private JsonElement? Value(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement ParseObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw ErrorResponses.BadJson("Cannot deserialize the value: an object is expected");
        }
        catch (JsonException e)
        {
            throw ErrorResponses.BadJson($"Unexpected text at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
        }
    }

    private static RestException TypeMismatch(string name, string type) =>
        ErrorResponses.BadJson($"Cannot deserialize value of type java.lang.{type} (through reference chain: [\"{name}\"])");
}
