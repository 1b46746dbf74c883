using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.Common;

namespace HopsKafka.SchemaRegistry;

/// <summary>A field of a record in words: its type, its default, and what else stands in its JSON.</summary>
internal static class FieldDescription
{
    private const string LogicalType = "logicalType";

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject field)
    {
        var words = OfType(field["type"]);
        foreach (var (name, value) in field.Where(p => p.Key is not "name" and not "type").OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            words += name == LogicalType ? $" with logicalType {value} beside it" : $", {name} {Compact(value)}";
        }

        return DisplayText.Of(words);
    }

    /// <summary>Whether a logical type stands where the tutorial's page has it: on the field, where Avro does not look.</summary>
    public static bool HasLogicalTypeBeside(JsonObject field) => field.ContainsKey(LogicalType);

    private static string OfType(JsonNode? type) => type switch
    {
        JsonValue name => name.ToString(),
        JsonArray union => string.Join(" or ", union.Select(OfType)),
        JsonObject o when o["type"] is JsonValue or JsonObject && o.All(p => p.Key is "type" or LogicalType) =>
            o[LogicalType] is { } logical ? $"{OfType(o["type"])} ({logical})" : OfType(o["type"]),
        _ => Compact(type),
    };

    private static string Compact(JsonNode? node) => node is null ? "null" : node.ToJsonString(s_plain);
}
