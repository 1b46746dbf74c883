using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Consumer;

public sealed class FeatureGroupSpecs
{
    private static readonly WriterSchema s_schema = WriterSchema.Of(5, FeatureGroupRecord.Schema, null);

    [Fact]
    public void Complex_features_are_read_out_of_their_bytes()
    {
        var bytes = Full();

        var value = s_schema.DecodeFeatures(bytes);

        Assert.Equal(
            """{"id":"sensor0","ts":"1970-01-01T00:00:01.000000Z","price":"12.34","tags":["a",null,"é"],"counts":{"x":5,"y":null},"""
            + """ "place":{"city":"Luleå","xy":[1.5,null]},"plain":[1,2,3]}""".TrimStart(),
            AvroJson.TextOf(value));
    }

    [Fact]
    public void Null_features_are_null_whether_the_outer_or_the_inner_union_says_so()
    {
        var outer = FeatureGroupRecord.Encode(FeatureGroupRecord.Schema, "s", null, null, null, null, null, null);
        // Of id, and of the inner binary of tags (one byte: branch 0).
        byte[] inner = [2, 2, (byte)'s', 0, 0, 2, 2, 0, 0, 0, 0];

        Assert.Equal(
            """{"id":"s","ts":null,"price":null,"tags":null,"counts":null,"place":null,"plain":null}""", AvroJson.TextOf(s_schema.DecodeFeatures(outer)));
        Assert.Equal(AvroJson.TextOf(s_schema.DecodeFeatures(outer)), AvroJson.TextOf(s_schema.DecodeFeatures(inner)));
    }

    [Fact]
    public void A_complex_type_deep_inside_is_not_wrapped_again()
    {
        const string Nested = """{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":{"type":"map","values":{"type":"array","items":"int"}}}}]}""";
        var bytes = FeatureGroupRecord.Encode(
            Nested, (object)new object[] { new Dictionary<string, object> { ["k"] = new object[] { 1, 2 } } });

        Assert.Equal("""{"a":[{"k":[1,2]}]}""", AvroJson.TextOf(WriterSchema.Of(1, Nested, null).DecodeFeatures(bytes)));
    }

    [Fact]
    public void Cut_at_any_byte_or_with_bytes_left_inside_a_feature_it_is_a_bad_message()
    {
        var bytes = Full();

        for (var cut = 0; cut < bytes.Length; cut++)
        {
            Assert.Equal(BadMessageReason.Truncated, Assert.Throws<BadMessageException>(() => s_schema.DecodeFeatures(bytes[..cut])).Reason);
        }

        Assert.Equal(BadMessageReason.TrailingBytes, Assert.Throws<BadMessageException>(() => s_schema.DecodeFeatures([.. bytes, 0])).Reason);
        Assert.Equal(
            BadMessageReason.TrailingBytes,
            Assert.Throws<BadMessageException>(() => s_schema.DecodeFeatures([2, 2, (byte)'s', 0, 0, 2, 4, 0, 0, 0, 0, 0])).Reason);
    }

    [Fact]
    public void Encoded_anew_it_is_the_registered_schemas_own_binary()
    {
        var value = s_schema.DecodeFeatures(Full());
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        AvroValueWriter.Write(output, s_schema.Type, value);

        Assert.Equal(AvroJson.TextOf(value), AvroJson.TextOf(s_schema.Decode(HopsKafka.Tests.Avro.AnySchemaSpecs.Framed(output.WrittenSpan.ToArray()))));
    }

    private static byte[] Full() => FeatureGroupRecord.Encode(
        FeatureGroupRecord.Schema,
        "sensor0",
        1_000_000L,
        new byte[] { 4, 0xD2 },
        new object?[] { "a", null, "é" },
        new Dictionary<string, object?> { ["x"] = 5L, ["y"] = null },
        FeatureGroupRecord.Place("Luleå", 1.5, null),
        new object[] { 1, 2, 3 });
}
