using System.Text.Json.Nodes;

namespace HopsKafka.Tests.Avro;

/// <summary>
/// Schemas as Apache.Avro's writer takes them: without logical types, which do not change the bytes. It knows few of them, and wants other
/// classes of .NET for their values.
/// </summary>
internal static class ApacheSchema
{
    public static global::Avro.Schema Plain(string text)
    {
        var json = JsonNode.Parse(text)!;
        Strip(json);
        return global::Avro.Schema.Parse(json.ToJsonString());
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            schema.Remove("logicalType");
            foreach (var (_, value) in schema.Where(p => p.Key != "default"))
            {
                Strip(value);
            }
        }
        else if (node is JsonArray list)
        {
            list.ToList().ForEach(Strip);
        }
    }
}
