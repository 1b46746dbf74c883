using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>A feature group with random types, as the server registers it: each type as a union with null, structs by the hash of their type.</summary>
internal sealed class RandomGroup
{
    private static readonly string[] s_scalars =
        ["tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "string", "date", "timestamp", "binary", "decimal(5,2)", "decimal(38,18)", "decimal(10,0)"];

    private readonly Random _random;
    private int _members;

    /// <summary>Makes a feature group.</summary>
    /// <param name="random">With a fixed seed.</param>
    public RandomGroup(Random random)
    {
        _random = random;
        var features = new List<Feature>();
        var fields = new JsonArray();
        for (var i = 0; i < random.Next(1, 12); i++)
        {
            var type = i == 0 ? s_scalars[random.Next(10)] : Type(0);
            var spelled = random.Next(3) == 0 ? Upper(type) : type;
            features.Add(new Feature($"f_{i}", spelled, null, i == 0 || (random.Next(4) == 0 && s_scalars.Contains(type) && type != "binary")));
            fields.Add(new JsonObject { ["name"] = $"f_{i}", ["type"] = Schema(type, $"f_{i}") });
        }

        Features = features;
        Text = new JsonObject { ["type"] = "record", ["name"] = "random_1", ["namespace"] = "demo_featurestore.db", ["fields"] = fields }.ToJsonString();
    }

    /// <summary>The features.</summary>
    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The registered schema.</summary>
    public string Text { get; }

    /// <summary>The types of a struct's members, or of what <c>array</c> and <c>map</c> hold.</summary>
    public static List<(string Name, string Type)> Parts(string type)
    {
        var inside = type[(type.IndexOf('<', StringComparison.Ordinal) + 1)..^1];
        var parts = new List<string> { "" };
        var depth = 0;
        foreach (var c in inside)
        {
            depth += c is '<' or '(' ? 1 : c is '>' or ')' ? -1 : 0;
            if (c == ',' && depth == 0)
            {
                parts.Add("");
            }
            else
            {
                parts[^1] += c;
            }
        }

        return type.StartsWith("struct", StringComparison.Ordinal) ? [.. parts.Select(part => part.Split(':', 2)).Select(part => (part[0], part[1]))] : [("", parts[^1])];
    }

    private string Type(int depth) => _random.Next(depth < 3 ? 10 : 6) switch
    {
        < 6 => Scalar(depth),
        6 => $"array<{Type(depth + 1)}>",
        7 => $"map<string,{Type(depth + 1)}>",
        _ => $"struct<{string.Join(',', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => $"m{_members++}:{Type(depth + 1)}"))}>",
    };

    // The server cannot read a decimal inside a struct.
    private string Scalar(int depth) => s_scalars[_random.Next(depth == 0 ? s_scalars.Length : 11)];

    // Only the start: the server lowers the names of members.
    private static string Upper(string type) =>
        type.IndexOf('<', StringComparison.Ordinal) is var end and > 0 ? type[..end].ToUpperInvariant() + type[end..] : type.ToUpperInvariant();

    private static JsonArray Schema(string type, string space)
    {
        JsonNode value = type switch
        {
            "tinyint" or "smallint" or "int" => "int",
            "bigint" => "long",
            "binary" => "bytes",
            "date" => new JsonObject { ["type"] = "int", ["logicalType"] = "date" },
            "timestamp" => new JsonObject { ["type"] = "long", ["logicalType"] = "timestamp-micros" },
            _ when type.StartsWith("decimal", StringComparison.Ordinal) => new JsonObject
            {
                ["type"] = "bytes", ["logicalType"] = "decimal", ["precision"] = Digits(type).Precision, ["scale"] = Digits(type).Scale,
            },
            _ when type.StartsWith("array", StringComparison.Ordinal) => new JsonObject { ["type"] = "array", ["items"] = Schema(Parts(type)[0].Type, space) },
            _ when type.StartsWith("map", StringComparison.Ordinal) => new JsonObject { ["type"] = "map", ["values"] = Schema(Parts(type)[0].Type, space) },
            _ when type.StartsWith("struct", StringComparison.Ordinal) => Struct(type, space),
            _ => type,
        };
        return new JsonArray("null", value);
    }

    private static JsonObject Struct(string type, string space)
    {
        var name = $"r{JavaHash(type)}";
        return new JsonObject
        {
            ["type"] = "record",
            ["name"] = name,
            ["namespace"] = space,
            ["fields"] = new JsonArray([.. Parts(type).Select(member => new JsonObject { ["name"] = member.Name, ["type"] = Schema(member.Type, $"{space}.{name}") })]),
        };
    }

    /// <summary>The digits of a decimal's type.</summary>
    public static (int Precision, int Scale) Digits(string type)
    {
        var numbers = type["decimal(".Length..^1].Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }

    private static long JavaHash(string text) => Math.Abs((long)text.Aggregate(0, (hash, c) => unchecked((31 * hash) + c)));
}
