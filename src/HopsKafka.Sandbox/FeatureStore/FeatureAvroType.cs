using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.Sandbox.Rest;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>
/// Turns the type of one feature into Avro as the server does: a union with null at every level, structs as records named after the hash of
/// their type. What the server cannot convert, it refuses in the same way.
/// </summary>
internal sealed partial class FeatureAvroType
{
    private readonly HashSet<string> _records = [];

    private FeatureAvroType()
    {
    }

    /// <summary>The schema of a feature group, as JSON.</summary>
    /// <param name="name">Name of the record.</param>
    /// <param name="space">Its namespace.</param>
    /// <exception cref="RestException">A type is malformed, or has no counterpart in Avro.</exception>
    public static string SchemaOf(string name, string space, IEnumerable<StoredFeature> features)
    {
        var fields = features.Select(feature => Field(feature.Name, new FeatureAvroType().Nullable(Normalize(feature.Type), feature.Name)));
        return Record(name, space, fields);
    }

    /// <summary>A type in the spelling from which the names of records are derived: lower case, no blanks.</summary>
    public static string Normalize(string type) => Blanks().Replace(type, "").ToLowerInvariant();

    private static string Record(string name, string space, IEnumerable<string> fields) =>
        $$"""{"type":"record","name":"{{name}}","namespace":"{{space}}","fields":[{{string.Join(',', fields)}}]}""";

    private static string Field(string name, string type) => $$"""{"name":"{{name}}","type":{{type}}}""";

    private string Nullable(string type, string space) => $"""["null",{Convert(type, space)}]""";

    private string Convert(string type, string space) => type switch
    {
        _ when type.StartsWith("array", StringComparison.Ordinal) => $$"""{"type":"array","items":{{Nullable(Inner(type, "array"), space)}}}""",
        _ when type.StartsWith("map", StringComparison.Ordinal) => $$"""{"type":"map","values":{{Nullable(MapValue(type), space)}}}""",
        _ when type.StartsWith("struct", StringComparison.Ordinal) => Struct(type, space),
        _ => Primitive(type),
    };

    private string Struct(string type, string space)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"r{Math.Abs((long)JavaHash(type))}");
        var full = $"{space}.{name}";
        return _records.Add(full)
            ? Record(name, space, Members(Inner(type, "struct")).Select(member => Field(member.Name, Nullable(member.Type, full))))
            : $"\"{full}\"";
    }

    // The key ends at the first comma: only texts are keys.
    private static string MapValue(string type)
    {
        var parts = Inner(type, "map").Split(',', 2);
        return parts[0] != "string" ? throw FeatureStoreErrors.MapKey(type) : parts.Length == 2 ? parts[1] : throw FeatureStoreErrors.MalformedType(type);
    }

    private static string Inner(string type, string word)
    {
        var inner = type.AsSpan(word.Length);
        return inner is ['<', .., '>'] ? inner[1..^1].ToString() : throw FeatureStoreErrors.MalformedType(type);
    }

    // Only angle brackets keep a comma together, so that decimal(p,s) falls apart, as on the server.
    private static List<(string Name, string Type)> Members(string text)
    {
        var members = new List<(string Name, string Type)>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (depth < 0 || (i == text.Length && depth > 0))
            {
                throw FeatureStoreErrors.MalformedType(text);
            }

            if (c == ',' && depth == 0)
            {
                members.Add(Member(text[start..i]));
                start = i + 1;
            }
        }

        return members;
    }

    private static (string Name, string Type) Member(string text) => text.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } type]
        ? (name, type)
        : throw FeatureStoreErrors.MalformedType(text);

    private static string Primitive(string type) => type switch
    {
        "tinyint" or "smallint" or "int" => "\"int\"",
        "bigint" => "\"long\"",
        "float" or "double" or "boolean" or "string" => $"\"{type}\"",
        "binary" => "\"bytes\"",
        "date" => """{"type":"int","logicalType":"date"}""",
        "timestamp" => """{"type":"long","logicalType":"timestamp-micros"}""",
        _ when Decimal().Match(type) is { Success: true } match =>
            $$"""{"type":"bytes","logicalType":"decimal","precision":{{match.Groups[1].Value}},"scale":{{match.Groups[2].Value}}}""",
        _ => throw FeatureStoreErrors.TypeNotInAvro(type),
    };

    private static int JavaHash(string text) => text.Aggregate(0, (hash, c) => unchecked((hash * 31) + c));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^decimal\(([1-9][0-9]?),([0-9]{1,2})\)$")]
    private static partial Regex Decimal();
}
