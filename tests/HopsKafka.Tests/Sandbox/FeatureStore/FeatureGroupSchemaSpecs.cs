using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.Schemas;

namespace HopsKafka.Tests.Sandbox.FeatureStore;

public sealed class FeatureGroupSchemaSpecs
{
    public static TheoryData<string> Groups => [.. GoldenFeatureGroups.Groups.Select(GoldenFeatureGroups.NameOf)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void The_schema_is_the_servers_own_text(string name)
    {
        var group = GoldenFeatureGroups.Groups.Single(g => GoldenFeatureGroups.NameOf(g) == name);
        var features = GoldenFeatureGroups.FeaturesOf(group).Select(f => new StoredFeature(f.Name, f.Type)).ToArray();

        Assert.Equal(group.GetProperty("schema").GetString(), TextOf($"{name}_{group.GetProperty("version").GetInt32()}", features));
    }

    [Fact]
    public void A_struct_that_comes_twice_is_defined_once_and_then_named_in_full()
    {
        var text = TextOf("g_1", new StoredFeature("f", "struct<a:struct<x:int>,b:array<struct<x:int>>>"));

        var name = JsonElement.Parse(text).GetProperty("fields")[0].GetProperty("type")[1].GetProperty("name").GetString();
        var inner = AvroType.Parse(text).Fields[0].Type.Branches[1].Fields[0].Type.Branches[1].Name!;
        Assert.Equal($"f.{name}", inner.Namespace);
        Assert.Contains($$$"""{"name":"b","type":["null",{"type":"array","items":["null","{{{inner.Full}}}"]}]}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Upper_case_and_blanks_in_a_type_make_no_difference() => Assert.Equal(
        TextOf("g_1", new StoredFeature("f", "struct<a:int,b:map<string,array<double>>>")),
        TextOf("g_1", new StoredFeature("f", "STRUCT <a: INT, B: map<String, array< double >>>")));

    [Theory]
    [InlineData("varchar(10)", 400, 270151)]
    [InlineData("char", 400, 270151)]
    [InlineData("decimal", 400, 270151)]
    [InlineData("uniontype<int,string>", 400, 270151)]
    [InlineData("", 400, 270151)]
    [InlineData("map<int,string>", 400, 270152)]
    [InlineData("array<map<decimal(3,1),string>>", 400, 270152)]
    [InlineData("struct<a:decimal(10,2)>", 500, 270153)]
    [InlineData("struct<a>", 500, 270153)]
    [InlineData("struct<a:int>>", 500, 270153)]
    [InlineData("struct<a:array<int>", 500, 270153)]
    [InlineData("array", 500, 270153)]
    [InlineData("map<string>", 500, 270153)]
    public void A_type_that_the_server_cannot_convert_is_refused(string type, int status, int code)
    {
        var answer = Assert.Throws<RestException>(() => FeatureAvroType.SchemaOf("g_1", "db", [new StoredFeature("f", type)])).Response;

        Assert.Equal((status, code), (answer.Status, JsonElement.Parse(answer.Body!).GetProperty("errorCode").GetInt32()));
    }

    private static string TextOf(string name, params StoredFeature[] features) =>
        AvroType.Parse(FeatureAvroType.SchemaOf(name, "demo_featurestore.db", features)).ToJavaText();
}
