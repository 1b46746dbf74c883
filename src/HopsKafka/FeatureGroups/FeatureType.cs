using System.Globalization;

namespace HopsKafka.FeatureGroups;

/// <summary>Reads the types of features as Hopsworks spells them.</summary>
internal static class FeatureType
{
    private static readonly string[] s_complex = ["array", "map", "struct", "uniontype"];

    /// <summary>Whether values are written as bytes that hold the Avro of the registered type. The official client looks at the start of the text only.</summary>
    public static bool IsComplex(string type) => s_complex.Any(start => type.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>The type of an array's items or of a map's values.</summary>
    /// <returns>Null if the text is neither.</returns>
    public static string? ItemsOf(string? type) =>
        Inside(type, "array") is { } items ? items.Trim()
        : Inside(type, "map") is { } entry && Split(entry, ',') is [_, var values] ? values.Trim()
        : null;

    /// <summary>The type of a member of a struct.</summary>
    /// <param name="name">The member: lower case.</param>
    /// <returns>Null if the text is no struct with this member.</returns>
    public static string? MemberOf(string? type, string name) => Inside(type, "struct") is { } members
        ? Split(members, ',').Select(member => member.Split(':', 2))
            .FirstOrDefault(member => member is [var own, _] && own.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim()
        : null;

    /// <summary>The most characters that the online store has room for.</summary>
    /// <returns>Null for any other type than <c>varchar(n)</c>.</returns>
    public static int? VarcharLength(string? onlineType) =>
        onlineType?.Trim() is { } type && type.StartsWith("varchar(", StringComparison.OrdinalIgnoreCase) && type[^1] == ')'
        && int.TryParse(type["varchar(".Length..^1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    private static string? Inside(string? type, string start) =>
        type?.Trim() is { } text && text.StartsWith(start, StringComparison.OrdinalIgnoreCase) && text[start.Length..].Trim() is ['<', .. var inside, '>'] ? inside : null;

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '<' or '(' ? 1 : text[i] is '>' or ')' ? -1 : 0;
            if (text[i] == separator && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
