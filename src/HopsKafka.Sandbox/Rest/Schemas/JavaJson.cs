using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>Compact JSON in the spelling of Java's Jackson, which differs from .NET's in escapes and in fractions.</summary>
internal static class JavaJson
{
    public static string Quote(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }

    public static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().Select(
            p => Quote(p.Name) + ":" + Write(p.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Write)) + "]",
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny(".eE") => Double(value.GetDouble()),
        _ => value.GetRawText(),
    };

    /// <summary>As Java's <c>Double.toString</c>: decimal from 10⁻³ to 10⁷, else computerised scientific notation.</summary>
    public static string Double(double number)
    {
        var size = Math.Abs(number);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (size is 0 or (>= 1e-3 and < 1e7))
        {
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        }

        var exponent = (int)Math.Floor(Math.Log10(size));
        var digits = size.ToString("R", CultureInfo.InvariantCulture).Split('E')[0]
            .Replace(".", "", StringComparison.Ordinal).Trim('0');
        var sign = number < 0 ? "-" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}");
    }
}
