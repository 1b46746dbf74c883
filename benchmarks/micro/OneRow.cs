using System.Text;
using BenchmarkDotNet.Attributes;
using HopsKafka.FeatureGroups;

namespace micro;

/// <summary>What one row of a feature group costs: ten features, two of them complex, as a line of JSON.</summary>
[MemoryDiagnoser]
public class OneRow
{
    private const string Schema = """
        {"type":"record","name":"sales_1","namespace":"demo_featurestore.db","fields":[{"name":"id","type":["null","long"]},{"name":"shop","type":["null","string"]},
        {"name":"n","type":["null","int"]},{"name":"x","type":["null","double"]},{"name":"ok","type":["null","boolean"]},
        {"name":"day","type":["null",{"type":"int","logicalType":"date"}]},
        {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
        {"name":"price","type":["null",{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}]},
        {"name":"tags","type":["null",{"type":"array","items":["null","string"]}]},
        {"name":"place","type":["null",{"type":"record","name":"r1","namespace":"place","fields":[{"name":"city","type":["null","string"]},
        {"name":"lat","type":["null","double"]}]}]}]}
        """;

    private static readonly byte[] s_line = Encoding.UTF8.GetBytes("""
        {"id":123456789,"shop":"Göteborg 7","n":42,"x":21.375,"ok":true,"day":"2024-05-01","at":"2024-05-01T10:00:00.123456Z","price":"12.34",
        "tags":["new","red","xl"],"place":{"city":"Malmö","lat":55.605}}
        """);

    private readonly RowEncoder _encoder = new(RowLayout.Of(
        "feature group sales (version 1)",
        [
            new("id", "bigint", "bigint", true), new("shop", "string", "varchar(100)", false), new("n", "int", "int", false), new("x", "double", "double", false),
            new("ok", "boolean", "tinyint", false), new("day", "date", "date", false), new("at", "timestamp", "timestamp", false),
            new("price", "decimal(10,2)", "decimal(10,2)", false),
            new("tags", "array<string>", "varbinary(100)", false), new("place", "struct<city:string,lat:double>", "varbinary(100)", false),
        ],
        Schema,
        "at"));

    [Benchmark]
    public int Json() => _encoder.Encode(s_line).Length;
}
