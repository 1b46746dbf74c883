using System.Globalization;
using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>
/// Reads a schema by the rules of Java Avro 1.10 and 1.11, which Hopsworks uses. An approximation in one point: what Java
/// refuses with another exception than its SchemaParseException counts as an invalid schema here as well.
/// </summary>
internal sealed class AvroSchemaParser
{
    private static readonly HashSet<string> FieldAttributes = ["default", "doc", "name", "order", "type", "aliases"];

    private static readonly HashSet<string> TypeAttributes =
        ["doc", "fields", "items", "name", "namespace", "size", "symbols", "values", "type", "aliases"];

    private static readonly HashSet<string> EnumAttributes = [.. TypeAttributes, "default"];

    private static readonly JsonDocumentOptions JsonOptions =
        new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    private readonly Dictionary<string, AvroType> _named = [];
    private string? _namespace;

    /// <exception cref="InvalidSchemaException">Java Avro would refuse the text.</exception>
    public static AvroType Parse(string text)
    {
        try
        {
            var json = ParseJson(text);

            // Checks each string: "\ud800" is valid JSON, but half a surrogate pair.
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            json.WriteTo(nowhere);
            return new AvroSchemaParser().Parse(json);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidSchemaException("a string of the schema is not valid Unicode", e);
        }
    }

    /// <exception cref="InvalidSchemaException">It is not JSON.</exception>
    public static JsonElement ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidSchemaException($"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})", e);
        }
    }

    private AvroType Parse(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.String => FindNamed(schema.GetString()!),
        JsonValueKind.Object => ParseObject(schema),
        JsonValueKind.Array => ParseUnion(schema),
        _ => throw new InvalidSchemaException($"{schema.GetRawText()} is not a schema, which is a name, an object or an array"),
    };

    private AvroType ParseObject(JsonElement schema)
    {
        var kind = RequiredText(schema, "type");
        var outer = _namespace;
        var name = kind is "record" or "error" or "enum" or "fixed" ? ParseName(schema) : null;
        _namespace = name?.Namespace ?? _namespace;
        var type = kind switch
        {
            "record" or "error" => ParseRecord(kind, name!, schema),
            "enum" => ParseEnum(name!, schema),
            "fixed" => Add(new AvroType(kind) { Name = name, Doc = Text(schema, "doc"), Size = ParseSize(schema) }),
            "array" => new AvroType(kind) { Items = Parse(Required(schema, "items")) },
            "map" => new AvroType(kind) { Items = Parse(Required(schema, "values")) },
            _ when AvroType.IsPrimitive(kind) => new AvroType(kind),
            _ => null,
        };
        _namespace = outer;
        if (type is null)
        {
            return FindNamed(kind); // {"type": "some.Name"} is that type; further attributes are lost
        }

        type.Props = ParseProps(schema, kind == "enum" ? EnumAttributes : TypeAttributes);
        type.Aliases = name is null ? [] : [.. ParseAliases(schema).Select(alias => AvroName.Of(alias, name.Namespace))];
        return type;
    }

    private AvroName ParseName(JsonElement schema)
    {
        var name = AvroName.Of(RequiredText(schema, "name"), Text(schema, "namespace") ?? _namespace);
        return AvroType.IsPrimitive(name.Full)
            ? throw new InvalidSchemaException($"'{name.Full}' is the name of a primitive")
            : name;
    }

    private AvroType ParseRecord(string kind, AvroName name, JsonElement schema)
    {
        var record = Add(new AvroType(kind) { Name = name, Doc = Text(schema, "doc") });
        record.Fields = [.. RequiredArray(schema, "fields").Select(ParseField)];
        RejectDuplicates(record.Fields.Select(field => field.Name), "field");
        return record;
    }

    private AvroField ParseField(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidSchemaException("a field must be an object");
        }

        var type = Parse(Required(field, "type"));
        return new AvroField(AvroName.Checked(RequiredText(field, "name")), type)
        {
            Json = field,
            Doc = Text(field, "doc"),
            Default = field.TryGetProperty("default", out var value) ? DefaultValidator.Checked(type, value) : null,
            Order = ParseOrder(field),
            Aliases = ParseAliases(field),
            Props = ParseProps(field, FieldAttributes),
        };
    }

    private AvroType ParseEnum(AvroName name, JsonElement schema)
    {
        var symbols = RequiredArray(schema, "symbols").Select(
            s => AvroName.Checked((s.ValueKind == JsonValueKind.String ? s.GetString() : null) ?? "")).ToArray();
        RejectDuplicates(symbols, "symbol");
        var fallback = Text(schema, "default");
        return fallback is not null && !symbols.Contains(fallback)
            ? throw new InvalidSchemaException($"the default '{fallback}' is not a symbol of the enum")
            : Add(new AvroType("enum")
            {
                Name = name,
                Doc = Text(schema, "doc"),
                Symbols = symbols,
                DefaultSymbol = fallback,
            });
    }

    private AvroType ParseUnion(JsonElement schema)
    {
        var branches = schema.EnumerateArray().Select(Parse).ToArray();
        if (branches.Any(branch => branch.Kind == "union"))
        {
            throw new InvalidSchemaException("a union must not contain a union directly");
        }

        RejectDuplicates(branches.Select(branch => branch.Name?.Full ?? branch.Kind), "branch");
        return new AvroType("union") { Branches = branches };
    }

    private AvroType Add(AvroType type) => _named.TryAdd(type.Name!.Full, type)
        ? type
        : throw new InvalidSchemaException($"'{type.Name.Full}' is defined twice");

    private AvroType FindNamed(string name)
    {
        if (AvroType.IsPrimitive(name))
        {
            return new AvroType(name);
        }

        return _named.TryGetValue(AvroName.Of(name, _namespace).Full, out var known) || _named.TryGetValue(name, out known)
            ? known
            : throw new InvalidSchemaException($"'{name}' is not a defined name");
    }

    private static int ParseSize(JsonElement schema) =>
        Required(schema, "size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt32(out var bytes) && bytes >= 0
            ? bytes
            : throw new InvalidSchemaException("the size of a fixed must be a non-negative integer");

    private static string ParseOrder(JsonElement field)
    {
        if (!field.TryGetProperty("order", out var order))
        {
            return "ascending";
        }

        var text = order.ValueKind == JsonValueKind.String ? order.GetString()!.ToLower(CultureInfo.InvariantCulture) : "";
        return text is "ascending" or "descending" or "ignore"
            ? text
            : throw new InvalidSchemaException("the order of a field must be ascending, descending or ignore");
    }

    // Of an attribute that stands twice, the last value counts, in the place of the first.
    private static OrderedDictionary<string, JsonElement> ParseProps(JsonElement schema, HashSet<string> reserved)
    {
        var props = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in schema.EnumerateObject().Where(p => !reserved.Contains(p.Name)))
        {
            props[property.Name] = property.Value;
        }

        return props;
    }

    private static string[] ParseAliases(JsonElement schema) => !schema.TryGetProperty("aliases", out _)
        ? []
        : [.. RequiredArray(schema, "aliases").Select(alias => alias.ValueKind == JsonValueKind.String
            ? alias.GetString()!
            : throw new InvalidSchemaException("an alias must be a string")).Distinct()];

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string RequiredText(JsonElement schema, string name) =>
        Text(schema, name) ?? throw new InvalidSchemaException($"'{name}' is missing or not a string");

    private static JsonElement Required(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value : throw new InvalidSchemaException($"'{name}' is missing");

    private static JsonElement.ArrayEnumerator RequiredArray(JsonElement schema, string name) =>
        Required(schema, name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray()
            : throw new InvalidSchemaException($"'{name}' is not an array");

    private static void RejectDuplicates(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>();
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } twice)
        {
            throw new InvalidSchemaException($"duplicate {what} '{twice}'");
        }
    }
}

/// <summary>A text that Java Avro would not take as a schema.</summary>
/// <param name="message">Why, as a clause.</param>
internal sealed class InvalidSchemaException(string message, Exception? innerException = null)
    : FormatException(DisplayText.Of(message), innerException);
