using System.Text.Json.Nodes;
using Avro.Generic;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.Consumer;

/// <summary>
/// Records as the hopsworks library writes them to the online topics of feature groups: unframed, each complex feature as
/// <c>["null","bytes"]</c> with the binary of the registered type inside. Encoded by Apache.Avro.
/// </summary>
internal static class FeatureGroupRecord
{
    /// <summary>A feature group with features of every complex type.</summary>
    public const string Schema = """
        {"type":"record","name":"readings_1","namespace":"demo_featurestore.db","fields":[
        {"name":"id","type":["null","string"]},
        {"name":"ts","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
        {"name":"price","type":["null",{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}]},
        {"name":"tags","type":["null",{"type":"array","items":["null","string"]}]},
        {"name":"counts","type":["null",{"type":"map","values":["null","long"]}]},
        {"name":"place","type":["null",{"type":"record","name":"S1","fields":[{"name":"city","type":["null","string"]},{"name":"xy","type":["null",{"type":"array","items":["null","double"]}]}]}]},
        {"name":"plain","type":{"type":"array","items":"int"}}]}
        """;

    private static readonly HashSet<string> s_complex = ["array", "map", "record"];

    /// <summary>Encodes; the values are what the generic writer takes for the registered types.</summary>
    public static byte[] Encode(string schema, params object?[] values)
    {
        var registered = JsonNode.Parse(schema)!;
        var fields = registered["fields"]!.AsArray();
        var encoder = JsonNode.Parse(schema)!;
        for (var i = 0; i < fields.Count; i++)
        {
            var type = fields[i]!["type"]!;
            if (!IsComplex(type))
            {
                continue;
            }

            encoder["fields"]![i]!["type"] = new JsonArray("null", "bytes");
            values[i] = values[i] is null ? null : AnySchemaSpecs.Written(type.ToJsonString(), values[i]);
        }

        var record = new GenericRecord((global::Avro.RecordSchema)ApacheSchema.Plain(encoder.ToJsonString()));
        foreach (var (field, value) in record.Schema.Fields.Zip(values))
        {
            record.Add(field.Name, value);
        }

        return AnySchemaSpecs.Written(encoder.ToJsonString(), record);
    }

    /// <summary>A record value of the schema's field <c>place</c>.</summary>
    public static GenericRecord Place(string? city, params object?[] xy)
    {
        var type = JsonNode.Parse(Schema)!["fields"]!.AsArray().Single(f => (string)f!["name"]! == "place")!["type"]![1]!.ToJsonString();
        var place = new GenericRecord((global::Avro.RecordSchema)ApacheSchema.Plain(type));
        place.Add("city", city);
        place.Add("xy", xy);
        return place;
    }

    private static bool IsComplex(JsonNode type) => type switch
    {
        JsonArray union => union.Any(branch => IsComplex(branch!)),
        JsonObject o => s_complex.Contains((string)o["type"]!),
        _ => false,
    };
}
