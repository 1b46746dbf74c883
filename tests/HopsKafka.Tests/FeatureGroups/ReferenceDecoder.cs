using System.Text.Json.Nodes;
using Avro.Generic;
using Avro.IO;
using HopsKafka.FeatureGroups;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>
/// Decodes rows as their readers do, with Apache.Avro: by the registered schema in which each complex feature is a union of null and bytes, and those bytes by the type of
/// the feature. Nothing may follow either.
/// </summary>
internal static class ReferenceDecoder
{
    private static readonly string[] s_complex = ["ARRAY", "MAP", "STRUCT", "UNIONTYPE"];

    /// <summary>The values of the features, in their order.</summary>
    public static List<object?> Decode(string schema, IReadOnlyList<Feature> features, byte[] row)
    {
        var outer = JsonNode.Parse(schema)!;
        var types = outer["fields"]!.AsArray().ToDictionary(field => (string)field!["name"]!, field => field!["type"]!.DeepClone());
        foreach (var field in outer["fields"]!.AsArray())
        {
            if (IsComplex(features.Single(feature => feature.Name == (string)field!["name"]!)))
            {
                field!["type"] = new JsonArray("null", "bytes");
            }
        }

        var record = (GenericRecord)Read(outer.ToJsonString(), row)!;
        return [.. features.Select(feature => IsComplex(feature) ? Read(types[feature.Name].ToJsonString(), (byte[])record[feature.Name]) : record[feature.Name])];
    }

    /// <summary>Compares a decoded value with the one that the row had.</summary>
    public static void AssertSame(object? expected, object? actual)
    {
        switch (expected)
        {
            case KeyValuePair<string, object?>[] members:
                var record = Assert.IsType<GenericRecord>(actual);
                Assert.Equal(members.Select(member => member.Key), record.Schema.Fields.Select(field => field.Name));
                Assert.All(members, member => AssertSame(member.Value, record[member.Key]));
                break;
            case Dictionary<string, object?> entries:
                var map = Assert.IsType<Dictionary<string, object>>(actual);
                Assert.Equal(entries.Keys.ToList(), map.Keys.ToList());
                Assert.All(entries, entry => AssertSame(entry.Value, map[entry.Key]));
                break;
            case List<object?> items:
                var array = Assert.IsType<object[]>(actual);
                Assert.Equal(items.Count, array.Length);
                Assert.All(items, (item, i) => AssertSame(item, array[i]));
                break;
            case double number:
                Assert.Equal(double.IsNaN(number) ? 0x7FF8000000000000 : BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(Assert.IsType<double>(actual)));
                break;
            case float number:
                Assert.Equal(float.IsNaN(number) ? 0x7FC00000 : BitConverter.SingleToInt32Bits(number), BitConverter.SingleToInt32Bits(Assert.IsType<float>(actual)));
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }

    private static bool IsComplex(Feature feature) => s_complex.Any(start => feature.Type.ToUpperInvariant().StartsWith(start, StringComparison.Ordinal));

    private static object? Read(string schema, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var type = ApacheSchema.Plain(schema);
        var value = new GenericDatumReader<object?>(type, type).Read(null, new BinaryDecoder(stream));
        Assert.Equal(stream.Length, stream.Position);
        return value;
    }
}
