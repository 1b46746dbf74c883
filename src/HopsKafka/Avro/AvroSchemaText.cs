using System.Text.Json;
using System.Text.Json.Nodes;
using Avro;

namespace HopsKafka.Avro;

/// <summary>
/// An Avro schema as text, without its logical types. They do not change the bytes, and the Avro library neither resolves a
/// logical type against its plain one nor canonicalises one that lies on a fixed or an array.
/// </summary>
internal sealed class AvroSchemaText
{
    private const string LogicalType = "logicalType";

    private AvroSchemaText(JsonNode json, global::Avro.Schema plain)
    {
        Json = json;
        Plain = plain;
        Canonical = SchemaNormalization.ToParsingForm(plain);
    }

    /// <summary>The whole schema as JSON, logical types included.</summary>
    public JsonNode Json { get; }

    /// <summary>The schema without logical types.</summary>
    public global::Avro.Schema Plain { get; }

    /// <summary>Parsing Canonical Form: equal for schemas that write the same bytes.</summary>
    public string Canonical { get; }

    /// <exception cref="FormatException">The text is no Avro schema; the message says why.</exception>
    public static AvroSchemaText Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(text) ?? throw new FormatException("null is no schema");
            return new AvroSchemaText(json, global::Avro.Schema.Parse(WithoutLogicalTypes(json).ToJsonString()));
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})", e);
        }
        catch (AvroException e)
        {
            throw new FormatException($"it is no valid Avro schema: {HopsKafka.Common.DisplayText.Of(e.Message).TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is not (FormatException or OutOfMemoryException))
        {
            // The library has no one type for a schema that it cannot parse: casts and look-ups fail in its depth too, and
            // what they say helps nobody.
            throw new FormatException("it is no valid Avro schema", e);
        }
    }

    /// <summary>A type in words for messages: <c>double</c>, or the JSON of what is no primitive type.</summary>
    public static string TypeName(global::Avro.Schema.Type type) => global::Avro.Schema.GetTypeString(type);

    public static string Describe(global::Avro.Schema type) =>
        type is PrimitiveSchema ? global::Avro.Schema.GetTypeString(type.Tag) : HopsKafka.Common.DisplayText.Of(type.ToString());

    /// <summary>The JSON of the record's fields, by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Fields()
    {
        var record = Json;
        while (record is JsonObject wrapper && wrapper["type"] is JsonObject inner)
        {
            record = inner;
        }

        return record is JsonObject whole && whole["fields"] is JsonArray fields
            ? fields.OfType<JsonObject>().ToDictionary(f => f["name"]!.GetValue<string>(), StringComparer.Ordinal)
            : new Dictionary<string, JsonObject>();
    }

    /// <summary>The logical types anywhere in the type of a field; those beside the type are mere attributes.</summary>
    public IEnumerable<string> LogicalTypesOf(string field) =>
        Fields().TryGetValue(field, out var json) ? LogicalTypesIn(json["type"]) : [];

    private static IEnumerable<string> LogicalTypesIn(JsonNode? type) => type switch
    {
        JsonObject o => (o[LogicalType] is { } own ? [own.ToString()] : Enumerable.Empty<string>()).Concat(LogicalTypesIn(o["type"])),
        JsonArray union => union.SelectMany(LogicalTypesIn),
        _ => [],
    };

    private static JsonNode WithoutLogicalTypes(JsonNode json)
    {
        var plain = json.DeepClone();
        Strip(plain);
        return plain;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Strip(item);
            }
        }
        else if (node is JsonObject schema)
        {
            schema.Remove(LogicalType);
            foreach (var (name, value) in schema)
            {
                // A default is data, whatever its properties are called.
                if (name != "default")
                {
                    Strip(value);
                }
            }
        }
    }
}
