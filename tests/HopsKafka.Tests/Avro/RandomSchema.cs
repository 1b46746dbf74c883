using System.Text.Json.Nodes;

namespace HopsKafka.Tests.Avro;

/// <summary>Random schemas with every type and logical type, names in namespaces, aliases, defaults, and references, recursive ones too.</summary>
/// <param name="random">With a fixed seed.</param>
internal sealed class RandomSchema(Random random)
{
    private static readonly (string Base, string Logical)[] s_logical =
    [
        ("int", "date"), ("int", "time-millis"), ("long", "time-micros"), ("long", "timestamp-millis"), ("long", "timestamp-micros"),
        ("long", "timestamp-nanos"), ("long", "local-timestamp-millis"), ("long", "local-timestamp-micros"),
        ("long", "local-timestamp-nanos"), ("string", "uuid"), ("string", "of-nobody"),
    ];

    private static readonly string[] s_primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

    private readonly List<string> _named = [];
    private int _names;

    /// <summary>A record with a field of each kind, so that every seed meets every kind.</summary>
    public string Text() => Record(0, 12).ToJsonString();

    private JsonNode Type(int depth) => random.Next(depth < 4 ? 15 : 9) switch
    {
        < 4 => s_primitives[random.Next(s_primitives.Length)],
        4 => Logical(),
        5 => Decimal(),
        6 => Fixed(),
        7 => Enum(),
        8 => _named.Count > 0 ? Nullable(_named[random.Next(_named.Count)]) : "string",
        9 or 10 => new JsonObject { ["type"] = "array", ["items"] = Type(depth + 1) },
        11 => new JsonObject { ["type"] = "map", ["values"] = Type(depth + 1) },
        12 => Union(),
        _ => Record(depth + 1, random.Next(5)),
    };

    private JsonObject Record(int depth, int fields)
    {
        var record = Named("record");
        _named.Add(FullNameOf(record));
        record["fields"] = new JsonArray([.. Enumerable.Range(0, fields).Select(i => Field(i, depth))]);
        return record;
    }

    private JsonObject Field(int number, int depth)
    {
        var type = Type(depth);
        var field = new JsonObject { ["name"] = $"f{number}", ["type"] = type };
        if (type is JsonValue primitive && random.Next(2) == 0)
        {
            field["aliases"] = new JsonArray($"old{number}");
            field["default"] = primitive.GetValue<string>() switch
            {
                "boolean" => true,
                "int" or "long" => 7,
                "float" or "double" => 1.5,
                "bytes" or "string" => "ÿ",
                _ => null,
            };
        }

        return field;
    }

    // A union that ends every recursion, with each type at most once.
    private static JsonArray Nullable(string name) => new("null", name);

    private JsonArray Union()
    {
        var branches = s_primitives.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).Select(p => (JsonNode)p).ToList();
        if (random.Next(2) == 0)
        {
            branches.Add(Record(4, 2));
        }

        if (random.Next(2) == 0)
        {
            branches.Add(new JsonObject { ["type"] = "array", ["items"] = "int" });
        }

        return new JsonArray([.. branches.OrderBy(_ => random.Next())]);
    }

    private JsonObject Logical()
    {
        var (type, logical) = s_logical[random.Next(s_logical.Length)];
        return new JsonObject { ["type"] = type, ["logicalType"] = logical };
    }

    private JsonObject Decimal()
    {
        var type = random.Next(2) == 0 ? new JsonObject { ["type"] = "bytes" } : Fixed();
        type["logicalType"] = "decimal";
        type["precision"] = random.Next(1, 5);
        type["scale"] = random.Next(0, 2);
        return type;
    }

    private JsonObject Fixed()
    {
        var type = Named("fixed");
        type["size"] = random.Next(4) switch { 0 => 1, 1 => 12, 2 => 16, _ => 3 };
        if (type["size"]!.GetValue<int>() is 12 or 16)
        {
            type["logicalType"] = type["size"]!.GetValue<int>() == 12 ? "duration" : "uuid";
        }

        return type;
    }

    private JsonObject Enum()
    {
        var type = Named("enum");
        type["symbols"] = new JsonArray("A", "B", "C");
        type["default"] = "B";
        return type;
    }

    private JsonObject Named(string kind)
    {
        var type = new JsonObject { ["type"] = kind, ["name"] = $"N{_names++}", ["namespace"] = $"space{random.Next(3)}.x", ["doc"] = "\"é\n" };
        if (random.Next(2) == 0)
        {
            type["aliases"] = new JsonArray($"Was{_names}", $"far.away.Was{_names}");
        }

        return type;
    }

    private static string FullNameOf(JsonObject named) => $"{named["namespace"]}.{named["name"]}";
}
