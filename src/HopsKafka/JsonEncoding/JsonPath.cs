using System.Text;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Names the place of a byte in JSON, such as <c>customer.items[3].price</c>. It parses the text again, so that no path is kept
/// while there is no error.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Step> _steps = [];
    private bool _isArray;
    private int _item = -1;
    private string? _name;

    private JsonPath()
    {
    }

    /// <summary>The path of the value or field that starts at an offset, or of what is open there.</summary>
    /// <param name="json">The reader at the start of the text.</param>
    /// <returns>The path; empty for the whole.</returns>
    public static string At(Utf8JsonReader json, long offset)
    {
        var path = new JsonPath();
        try
        {
            while (json.Read() && !path.Pass(ref json, json.BytesConsumed > offset))
            {
            }
        }
        catch (JsonException)
        {
            // The text is malformed from here on, and that is what the path is for.
        }

        return path.ToString();
    }

    /// <summary>A field or key below a path.</summary>
    public static string Below(string path, string name)
    {
        var isPlain = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_');
        var shown = DisplayText.Of(name);
        return !isPlain ? $"{path}[\"{shown}\"]" : path.Length == 0 ? shown : $"{path}.{shown}";
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var path = "";
        foreach (var step in _steps.Append(new Step(_isArray, _item, _name)))
        {
            path = step.IsArray && step.Item >= 0 ? $"{path}[{step.Item}]" : step.Name is { } name ? Below(path, name) : path;
        }

        return path;
    }

    private bool Pass(ref Utf8JsonReader json, bool isLast)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = NameOf(ref json);
                return isLast;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                var outer = _steps[^1];
                _steps.RemoveAt(_steps.Count - 1);
                (_isArray, _item, _name) = (outer.IsArray, outer.Item, outer.Name);
                return isLast;
        }

        _item += _isArray ? 1 : 0;
        if (!isLast && json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            _steps.Add(new Step(_isArray, _item, _name));
            (_isArray, _item, _name) = (json.TokenType == JsonTokenType.StartArray, -1, null);
        }

        return isLast;
    }

    private static string NameOf(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(json.ValueSpan); // half a surrogate pair, as it is written
        }
    }

    private readonly record struct Step(bool IsArray, int Item, string? Name);
}
