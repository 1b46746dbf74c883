using HopsKafka.Avro;
using HopsKafka.Sandbox.Rest.Schemas;

namespace HopsKafka.Tests.Sandbox.Rest.Schemas;

public sealed class JavaSchemaTextSpecs
{
    // Each expected text is what Schema.toString() of Java Avro 1.10/1.11 builds for the input, attribute by attribute.
    [Theory]
    [InlineData("\"string\"", "\"string\"")]
    [InlineData("""{"type":"string"}""", "\"string\"")]
    [InlineData("""{"type":"string","doc":"reserved, so dropped"}""", "\"string\"")]
    [InlineData("""{"logicalType":"timestamp-millis","type":"long"}""", """{"type":"long","logicalType":"timestamp-millis"}""")]
    [InlineData("""{"type":"string","b":1,"a":[true,null,{"x":1.50}]}""", """{"type":"string","b":1,"a":[true,null,{"x":1.5}]}""")]
    [InlineData("""["null", {"type":"int"}]""", """["null","int"]""")]
    [InlineData("""{"items":{"type":"long"},"type":"array","p":"q"}""", """{"type":"array","items":"long","p":"q"}""")]
    [InlineData("""{"values":["null","string"],"type":"map"}""", """{"type":"map","values":["null","string"]}""")]
    [InlineData(
        """{"size":16,"name":"id","doc":"d","type":"fixed","aliases":["old","x.y"],"namespace":"a.b"}""",
        """{"type":"fixed","name":"id","namespace":"a.b","doc":"d","size":16,"aliases":["old","x.y"]}""")]
    [InlineData(
        """{"symbols":["A","B"],"default":"A","extra":1,"name":"n.e","type":"enum"}""",
        """{"type":"enum","name":"e","namespace":"n","symbols":["A","B"],"default":"A","extra":1}""")]
    [InlineData("/* Java allows comments */ \"int\"", "\"int\"")]
    public void Writes_a_type_as_Java_does(string schema, string expected)
    {
        var text = AvroType.Parse(schema).ToJavaText();

        Assert.Equal(expected, text);
    }

    [Fact]
    public void Orders_the_attributes_of_records_and_fields()
    {
        var text = AvroType.Parse("""
            {"aliases":["o"],"z":1,"fields":[{"p":0,"aliases":["g","h"],"order":"DESCENDING","default":1,"doc":"fd","type":"int",
            "name":"f"},{"name":"i","type":"int","order":"ascending"}],"doc":"rd","name":"r","namespace":"n.s","type":"record"}
            """).ToJavaText();

        Assert.Equal(
            """{"type":"record","name":"r","namespace":"n.s","doc":"rd","fields":[{"name":"f","type":"int","doc":"fd","default":1"""
            + ""","order":"descending","aliases":["g","h"],"p":0},{"name":"i","type":"int"}],"z":1,"aliases":["o"]}""",
            text);
    }

    [Fact]
    public void Writes_a_namespace_only_where_it_changes_and_a_second_use_as_a_name()
    {
        var text = AvroType.Parse("""
            {"type":"record","name":"a.Outer","fields":[
              {"name":"same","type":{"type":"fixed","name":"Inner","size":1}},
              {"name":"other","type":{"type":"record","name":"Far","namespace":"b","fields":[
                {"name":"back","type":["null","a.Outer"]},{"name":"near","type":{"type":"enum","name":"E","symbols":["X"]}}]}},
              {"name":"again","type":"Inner"},{"name":"farAgain","type":"b.Far"}]}
            """).ToJavaText();

        Assert.Equal(
            """{"type":"record","name":"Outer","namespace":"a","fields":[{"name":"same","type":{"type":"fixed","name":"Inner","size":1}},"""
            + """{"name":"other","type":{"type":"record","name":"Far","namespace":"b","fields":[{"name":"back","type":["null","a.Outer"]},"""
            + """{"name":"near","type":{"type":"enum","name":"E","symbols":["X"]}}]}},{"name":"again","type":"Inner"},"""
            + """{"name":"farAgain","type":"b.Far"}]}""",
            text);
    }

    [Fact]
    public void The_tutorials_two_forms_stay_different()
    {
        var f = AvroType.Parse(RestTestServer.FieldLevelLogicalType).ToJavaText();
        var n = AvroType.Parse(RestTestServer.NestedLogicalType).ToJavaText();

        Assert.Equal(
            """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},"""
            + """{"name":"id","type":"string"},{"name":"value","type":"double"}]}""",
            f);
        Assert.Equal(
            """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},"""
            + """{"name":"id","type":"string"},{"name":"value","type":"double"}]}""",
            n);
    }

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e2", "100.0")]
    [InlineData("0.001", "0.001")]
    [InlineData("0.00025", "2.5E-4")]
    [InlineData("9999999.5", "9999999.5")]
    [InlineData("10000000.0", "1.0E7")]
    [InlineData("-1.25e300", "-1.25E300")]
    [InlineData("12", "12")]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("\"NaN\"", "\"NaN\"")]
    public void Writes_a_default_number_as_Java_does(string value, string expected)
    {
        var schema = $$"""{"type":"record","name":"r","fields":[{"name":"d","type":"double","default":{{value}}}]}""";

        var text = AvroType.Parse(schema).ToJavaText();

        Assert.Contains($"\"default\":{expected}}}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_as_little_as_Java_does()
    {
        var text = AvroType.Parse("""{"type":"string","p":"a\"\\\/\u0001\u001f\n\tä\u20ac\ud83d\ude00<&'\u007f"}""").ToJavaText();

        Assert.Equal("{\"type\":\"string\",\"p\":\"a\\\"\\\\/\\u0001\\u001F\\n\\tä€😀<&'\u007f\"}", text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("string")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"unknown\"")]
    [InlineData("""{"type":{"type":"string"}}""")]
    [InlineData("""{"type":"array"}""")]
    [InlineData("""{"type":"map","items":"int"}""")]
    [InlineData("""{"type":"fixed","name":"f","size":"1"}""")]
    [InlineData("""{"type":"fixed","name":"f","size":-1}""")]
    [InlineData("""{"type":"fixed","name":"int","size":1}""")]
    [InlineData("""{"type":"enum","name":"e","symbols":["A","A"]}""")]
    [InlineData("""{"type":"enum","name":"e","symbols":["not ok"]}""")]
    [InlineData("""{"type":"enum","name":"e","symbols":["A"],"default":"B"}""")]
    [InlineData("""["int",["string"]]""")]
    [InlineData("""["int","int"]""")]
    [InlineData("""{"type":"record","name":"r"}""")]
    [InlineData("""{"type":"record","fields":[]}""")]
    [InlineData("""{"type":"record","name":"1r","fields":[]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"type":"int"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":["int"]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":"int","default":"1"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":"int","default":1.5}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":["null","int"],"default":1}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":"int","order":"up"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":"int","aliases":"b"}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"r","size":1}}]}""")]
    public void Refuses_what_is_no_schema(string text)
    {
        Assert.Throws<InvalidSchemaException>(() => AvroType.Parse(text));
    }

    [Theory]
    [InlineData(RestTestServer.FieldLevelLogicalType)]
    [InlineData(RestTestServer.NestedLogicalType)]
    [InlineData("""{"type":"record","name":"n.r","fields":[{"name":"next","type":["null","r"],"default":null}]}""")]
    [InlineData("""{"type":"record","name":"r","fields":[{"name":"m","type":{"type":"map","values":"int"},"default":{"a":1}}]}""")]
    public void Writes_what_another_Avro_library_reads_as_the_same_schema(string schema)
    {
        var text = AvroType.Parse(schema).ToJavaText();

        Assert.Equal(global::Avro.Schema.Parse(schema), global::Avro.Schema.Parse(text));
        Assert.Equal(text, AvroType.Parse(text).ToJavaText());
    }
}
