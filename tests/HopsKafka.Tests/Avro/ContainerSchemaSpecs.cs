using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Tests.Avro;

/// <summary>Whether a file's schema can be resolved is known before its first value.</summary>
public sealed class ContainerSchemaSpecs
{
    private const string Inner = """{"type":"record","name":"I","fields":[{"name":"x","type":"string"}]}""";

    [Theory]
    [InlineData("\"string\"", "\"int\"", "f: string in the file, int in the schema of the topic")]
    [InlineData("\"double\"", "\"float\"", "f: double in the file, float")]
    [InlineData("[\"null\",\"string\"]", "[\"null\",\"int\"]", "f: string in the file, union of null, int")]
    [InlineData("[\"null\",\"string\",\"bytes\"]", "\"int\"", "f: union of null, string, bytes in the file, int")]
    [InlineData("""{"type":"array","items":"string"}""", """{"type":"array","items":"int"}""", "f[]: string in the file, int")]
    [InlineData("""{"type":"map","values":""" + Inner + "}", """{"type":"map","values":{"type":"record","name":"I","fields":[{"name":"x","type":"int"}]}}""", "f[].x: string in the file, int")]
    [InlineData(Inner, """{"type":"record","name":"I","fields":[{"name":"y","type":"int"}]}""", "f.y: the file has no such field")]
    [InlineData(Inner, """{"type":"record","name":"J","fields":[{"name":"x","type":"string"}]}""", "f: record I in the file, record J")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", """{"type":"enum","name":"E","symbols":["B"]}""", "f: the enums have no symbol in common")]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", """{"type":"fixed","name":"F","size":3}""", "f: fixed F")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", """{"type":"long","logicalType":"timestamp-micros"}""", "f: long (timestamp-millis) in the file, long (timestamp-micros)")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}""", """{"type":"bytes","logicalType":"decimal","precision":4,"scale":1}""", "decimal of scale 2")]
    public void A_field_that_never_resolves_is_named(string from, string to, string problem)
    {
        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(ContainerFile.Raw(Record(from)), Record(to)));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains("data.avro", e.Message, StringComparison.Ordinal);
        Assert.StartsWith(problem, Assert.Single(e.Details).Replace("f: bytes (", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"null\",\"int\"]", "\"int\"")]
    [InlineData("[\"null\",\"int\",\"string\"]", "\"long\"")]
    [InlineData("\"null\"", "[\"null\",\"int\"]")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A","B"]}""", """{"type":"enum","name":"E","symbols":["B"]}""")]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", """{"type":"enum","name":"E","symbols":["B"],"default":"B"}""")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "\"long\"")]
    [InlineData("""{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}""", """{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]},{"name":"n","type":"int","default":1}]}""")]
    public void What_depends_on_the_value_is_not_refused(string from, string to)
    {
        using var reader = ContainerFile.Open(ContainerFile.Raw(Record(from)), Record(to));

        Assert.False(reader.IsUnchanged && from != to && !from.Contains("timestamp", StringComparison.Ordinal));
    }

    [Fact]
    public void All_fields_that_never_resolve_are_named_each_on_a_line()
    {
        const string to = """{"type":"record","name":"R","fields":[{"name":"f","type":"int"},{"name":"g","type":"int"},{"name":"h","type":"int","default":0},{"name":"i","type":{"type":"fixed","name":"X","size":2},"default":"a"}]}""";

        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(ContainerFile.Raw(Record("\"string\"")), to));

        Assert.Equal(["f", "g", "i"], e.Details.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Records_that_hold_another_one_twice_cost_neither_time_nor_lines()
    {
        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(ContainerFile.Raw(Forking("string")), Forking("int")));

        Assert.InRange(e.Details.Count, 1, 20);
    }

    private static string Forking(string leaf)
    {
        var type = $$"""{"type":"record","name":"R0","fields":[{"name":"x","type":"{{leaf}}"}]}""";
        for (var i = 1; i < 40; i++)
        {
            type = $$"""{"type":"record","name":"R{{i}}","fields":[{"name":"a","type":{{type}}},{"name":"b","type":"R{{i - 1}}"}]}""";
        }

        return type;
    }

    private static string Record(string type) => $$"""{"type":"record","name":"R","fields":[{"name":"f","type":{{type}}}]}""";
}
