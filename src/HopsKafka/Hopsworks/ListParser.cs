using System.Text.Json;

namespace HopsKafka.Hopsworks;

/// <summary>
/// Reads the lists of the registry. Hopsworks answers <c>[sensor, other]</c> as plain text, which is not JSON; Confluent's
/// registry answers JSON. A bare number (an answer to a deletion) is a list of one.
/// </summary>
internal static class ListParser
{
    /// <exception cref="FormatException">The text is no list.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        var trimmed = text.Trim();
        return TryParseJson(trimmed) ?? ParsePlain(trimmed);
    }

    /// <exception cref="FormatException">The text is no list of whole numbers.</exception>
    public static IReadOnlyList<int> ParseNumbers(string text) =>
        [.. Parse(text).Select(item => int.Parse(item, System.Globalization.CultureInfo.InvariantCulture))];

    private static string[]? TryParseJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Select(Item)],
                JsonValueKind.Number => [json.RootElement.GetRawText()],
                _ => null,
            };
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("a string of the list is not valid Unicode", e);
        }
        catch (JsonException)
        {
            // Hopsworks' plain form: the caller reads it by its own rule.
            return null;
        }
    }

    // Raw text for all but strings: an unquoted subject may be called true or 1.
    private static string Item(JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();

    private static string[] ParsePlain(string text)
    {
        // An empty list is JSON already.
        return text.Length > 2 && text.StartsWith('[') && text.EndsWith(']')
            ? text[1..^1].Split(", ", StringSplitOptions.TrimEntries)
            : throw new FormatException("not a list");
    }
}
