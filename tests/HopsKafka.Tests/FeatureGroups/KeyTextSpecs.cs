using System.Buffers;
using System.Text;
using System.Text.Json;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class KeyTextSpecs
{
    [Theory]
    [InlineData(100.0, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(-1.25e-7, "-1.25e-07")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e20, "1e+20")]
    [InlineData(123456789012345680000.0, "1.2345678901234568e+20")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(120000000000.5, "120000000000.5")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_double_is_written_as_Python_writes_it(double number, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.True(PythonFloat.TryWrite(number, output));
        Assert.Equal(expected, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("bigint", "long", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("int", "int", "0", "0")]
    [InlineData("string", "string", "\"r\\u00e4k 😀\"", "räk 😀")]
    [InlineData("string", "string", "\"\"", "")]
    [InlineData("boolean", "boolean", "false", "False")]
    [InlineData("float", "float", "0.1", "0.10000000149011612")]
    [InlineData("double", "double", "1e22", "1e+22")]
    [InlineData("date", """{"type":"int","logicalType":"date"}""", "\"0007-05-01\"", "0007-05-01")]
    [InlineData("timestamp", """{"type":"long","logicalType":"timestamp-micros"}""", "\"2024-05-01T12:30:00+02:00\"", "2024-05-01 10:30:00+00:00")]
    [InlineData("timestamp", """{"type":"long","logicalType":"timestamp-micros"}""", "\"1969-12-31 23:59:59.5\"", "1969-12-31 23:59:59.500000+00:00")]
    [InlineData("timestamp", """{"type":"long","logicalType":"timestamp-micros"}""", "\"0001-01-01T00:00Z\"", "0001-01-01 00:00:00+00:00")]
    [InlineData("timestamp", """{"type":"long","logicalType":"timestamp-micros"}""", "\"9999-12-31T23:59:59.9999999Z\"", "9999-12-31 23:59:59.999999+00:00")]
    [InlineData("decimal(10,3)", """{"type":"bytes","logicalType":"decimal","precision":10,"scale":3}""", "\"1.5\"", "1.500")]
    [InlineData("decimal(10,3)", """{"type":"bytes","logicalType":"decimal","precision":10,"scale":3}""", "\"-0\"", "0.000")]
    [InlineData("decimal(10,3)", """{"type":"bytes","logicalType":"decimal","precision":10,"scale":3}""", "\"-0.001\"", "-0.001")]
    [InlineData("decimal(10,0)", """{"type":"bytes","logicalType":"decimal","precision":10,"scale":0}""", "\"-7\"", "-7")]
    [InlineData("decimal(38,18)", """{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}""", "\"0.0000000000000012\"", "1.200E-15")]
    [InlineData("decimal(38,18)", """{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}""", "\"0\"", "0E-18")]
    [InlineData("decimal(38,18)", """{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}""", "\"0.000001\"", "0.000001000000000000")]
    public void A_key_is_the_text_that_Python_gives_the_value(string type, string avro, string value, string expected)
    {
        var encoder = Encoder(type, avro);

        encoder.Encode(Encoding.UTF8.GetBytes($$"""{"k":{{value}}}"""));

        Assert.Equal(expected, Encoding.UTF8.GetString(encoder.Key));
    }

    [Theory]
    [InlineData("double", "double")]
    [InlineData("float", "float")]
    public void NaN_is_no_key(string type, string avro)
    {
        var e = Assert.Throws<AvroEncodingException>(() => Encoder(type, avro).Encode("""{"k":"NaN"}"""u8));

        Assert.Equal("k", e.FieldPath);
    }

    [Theory]
    [InlineData("binary", "bytes")]
    [InlineData("array<int>", """{"type":"array","items":["null","int"]}""")]
    public void Types_without_a_portable_text_are_refused_as_keys(string type, string avro) =>
        Assert.Contains("feature k of the primary key", Assert.Throws<HopsKafka.Common.HopsKafkaException>(() => Encoder(type, avro)).Message, StringComparison.Ordinal);

    private static RowEncoder Encoder(string type, string avro)
    {
        var schema = $$"""{"type":"record","name":"g_1","fields":[{"name":"k","type":["null",{{(avro[0] == '{' ? avro : JsonSerializer.Serialize(avro))}}]}]}""";
        return new RowEncoder(RowLayout.Of("feature group g", [new Feature("k", type, null, true)], schema, null));
    }
}
