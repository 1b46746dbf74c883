using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HopsKafka.Hopsworks;

/// <summary>Bodies of the registry's calls and answers.</summary>
internal static class RestJson
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with this one property and no other: old servers may refuse what they do not know.</summary>
    public static string Body(string name, string value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_plain))
        {
            json.WriteStartObject();
            json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <exception cref="FormatException">The text is not JSON, or not of the shape that is read.</exception>
    public static T Read<T>(string body, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("not the expected JSON", e);
        }
    }

    /// <exception cref="FormatException">The property is null.</exception>
    public static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}
