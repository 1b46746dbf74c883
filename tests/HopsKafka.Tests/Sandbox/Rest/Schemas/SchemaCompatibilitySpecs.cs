using HopsKafka.Avro;
using HopsKafka.Sandbox.Rest.Schemas;
using SchemaCompatibility = HopsKafka.Sandbox.Rest.Schemas.SchemaCompatibility;

namespace HopsKafka.Tests.Sandbox.Rest.Schemas;

public sealed class SchemaCompatibilitySpecs
{
    private const string List = """{"type":"record","name":"list","fields":[{"name":"next","type":["null","list"]}]}""";

    [Theory]
    [InlineData("\"long\"", "\"int\"", true)]
    [InlineData("\"int\"", "\"long\"", false)]
    [InlineData("\"double\"", "\"float\"", true)]
    [InlineData("\"float\"", "\"long\"", true)]
    [InlineData("\"string\"", "\"int\"", false)]
    [InlineData("""["null","string"]""", "\"string\"", true)]
    [InlineData("""["null","double"]""", """["null","int"]""", true)]
    [InlineData("""{"type":"array","items":"long"}""", """{"type":"array","items":"int"}""", true)]
    [InlineData("""{"type":"map","values":"int"}""", """{"type":"map","values":"string"}""", false)]
    [InlineData("""{"type":"map","values":"int"}""", """{"type":"array","items":"int"}""", false)]
    [InlineData("""{"type":"fixed","name":"f","size":1}""", """{"type":"fixed","name":"f","size":2}""", false)]
    [InlineData("""{"type":"fixed","name":"g","size":1}""", """{"type":"fixed","name":"f","size":1}""", false)]
    [InlineData("""{"type":"fixed","name":"g","size":1,"aliases":["f"]}""", """{"type":"fixed","name":"f","size":1}""", true)]
    [InlineData("""{"type":"enum","name":"e","symbols":["A"],"default":"A"}""", """{"type":"enum","name":"e","symbols":["B"]}""", true)]
    [InlineData(List, List, true)]
    public void Agrees_with_Apache_Avro_where_both_follow_the_specification(string reader, string writer, bool expected)
    {
        var ours = SchemaCompatibility.CanRead(AvroType.Parse(reader), AvroType.Parse(writer));
        var theirs = global::Avro.Schema.Parse(reader).CanRead(global::Avro.Schema.Parse(writer));

        Assert.Equal((expected, expected), (ours, theirs));
    }

    [Theory]
    [InlineData(RestTestServer.NestedLogicalType, RestTestServer.FieldLevelLogicalType, true)]
    [InlineData(RestTestServer.FieldLevelLogicalType, RestTestServer.NestedLogicalType, true)]
    [InlineData("\"string\"", """["null","string"]""", false)]
    [InlineData("""{"type":"enum","name":"e","symbols":["A"]}""", """{"type":"enum","name":"e","symbols":["A","B"]}""", false)]
    [InlineData("""{"type":"record","name":"s","fields":[]}""", """{"type":"record","name":"r","fields":[]}""", true)]
    public void Follows_Java_where_Apache_Avro_for_CSharp_does_not(string reader, string writer, bool expected)
    {
        var ours = SchemaCompatibility.CanRead(AvroType.Parse(reader), AvroType.Parse(writer));
        var theirs = global::Avro.Schema.Parse(reader).CanRead(global::Avro.Schema.Parse(writer));

        Assert.Equal((expected, !expected), (ours, theirs));
    }

    [Theory]
    [InlineData("""{"name":"b","type":"int"}""", false)]
    [InlineData("""{"name":"b","type":"int","default":0}""", true)]
    [InlineData("""{"name":"b","type":["null","int"],"default":null}""", true)]
    [InlineData("""{"name":"b","type":"long","aliases":["a"]}""", true)]
    [InlineData("""{"name":"a","type":"string"}""", false)]
    public void A_readers_field_needs_a_written_one_or_a_default(string field, bool expected)
    {
        var writer = AvroType.Parse("""{"type":"record","name":"r","fields":[{"name":"a","type":"int"}]}""");
        var reader = AvroType.Parse($$"""{"type":"record","name":"r","fields":[{{field}}]}""");

        Assert.Equal(expected, SchemaCompatibility.CanRead(reader, writer));
    }

    [Fact]
    public void A_record_that_does_not_resolve_in_one_place_does_not_in_another()
    {
        // In the union another branch takes the record's place; the plain field has no such choice.
        const string reader = """
            {"type":"record","name":"o","fields":[
              {"name":"a","type":[{"type":"record","name":"r","fields":[{"name":"x","type":"int"}]},
                                  {"type":"record","name":"empty","fields":[]}]},
              {"name":"b","type":"r"}]}
            """;
        const string writer = """
            {"type":"record","name":"o","fields":[
              {"name":"a","type":{"type":"record","name":"r","fields":[{"name":"x","type":"string"}]}},
              {"name":"b","type":"r"}]}
            """;

        Assert.False(SchemaCompatibility.CanRead(AvroType.Parse(reader), AvroType.Parse(writer)));
    }
}
