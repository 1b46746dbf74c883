using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Avro;

public sealed class LogicalTextSpecs
{
    [Theory]
    [InlineData("date", "int", 0, "1970-01-01")]
    [InlineData("date", "int", -1, "1969-12-31")]
    [InlineData("date", "int", -719162, "0001-01-01")]
    [InlineData("date", "int", -719163, "-719163")]
    [InlineData("date", "int", 2932896, "9999-12-31")]
    [InlineData("date", "int", 2932897, "2932897")]
    [InlineData("date", "int", int.MinValue, "-2147483648")]
    [InlineData("time-millis", "int", 0, "00:00:00.000")]
    [InlineData("time-millis", "int", 86_399_999, "23:59:59.999")]
    [InlineData("time-millis", "int", 86_400_000, "86400000")]
    [InlineData("time-millis", "int", -1, "-1")]
    [InlineData("time-micros", "long", 3_600_000_001, "01:00:00.000001")]
    [InlineData("time-micros", "long", 86_400_000_000, "86400000000")]
    [InlineData("timestamp-millis", "long", -1, "1969-12-31T23:59:59.999Z")]
    [InlineData("timestamp-millis", "long", 1_635_861_774_123, "2021-11-02T14:02:54.123Z")]
    [InlineData("timestamp-millis", "long", -62_135_596_800_000, "0001-01-01T00:00:00.000Z")]
    [InlineData("timestamp-millis", "long", -62_135_596_800_001, "-62135596800001")]
    [InlineData("timestamp-millis", "long", 253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    [InlineData("timestamp-millis", "long", 253_402_300_800_000, "253402300800000")]
    [InlineData("timestamp-millis", "long", long.MinValue, "-9223372036854775808")]
    [InlineData("timestamp-micros", "long", -1, "1969-12-31T23:59:59.999999Z")]
    [InlineData("timestamp-micros", "long", long.MaxValue, "9223372036854775807")]
    [InlineData("timestamp-nanos", "long", 1, "1970-01-01T00:00:00.000000001Z")]
    [InlineData("timestamp-nanos", "long", long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    [InlineData("timestamp-nanos", "long", long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [InlineData("local-timestamp-millis", "long", 0, "1970-01-01T00:00:00.000")]
    [InlineData("local-timestamp-micros", "long", -1, "1969-12-31T23:59:59.999999")]
    [InlineData("local-timestamp-nanos", "long", -1, "1969-12-31T23:59:59.999999999")]
    [InlineData("date", "long", 1, "1")]
    [InlineData("timestamp-millis", "int", 1, "1")]
    [InlineData("of-nobody", "int", 1, "1")]
    public void Dates_and_times_are_iso_8601_and_a_number_where_that_has_no_year(string logical, string type, long value, string expected)
    {
        var schema = $$"""{"type":"{{type}}","logicalType":"{{logical}}"}""";
        var bytes = new ArrayBufferWriter<byte>();
        AvroValueWriter.WriteLong(bytes, value);

        var text = TextOf(schema, bytes.WrittenSpan.ToArray());

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("\"precision\":4,\"scale\":2", "04D2", "12.34")]
    [InlineData("\"precision\":4,\"scale\":2", "FB2E", "-12.34")]
    [InlineData("\"precision\":4,\"scale\":4", "01", "0.0001")]
    [InlineData("\"precision\":4,\"scale\":4", "FF", "-0.0001")]
    [InlineData("\"precision\":4,\"scale\":2", "", "0.00")]
    [InlineData("\"precision\":4", "7F", "127")]
    [InlineData("\"precision\":38,\"scale\":0", "4B3B4CA85A86C47A098A223FFFFFFFFF", "99999999999999999999999999999999999999")]
    [InlineData("\"precision\":38,\"scale\":38", "B4C4B357A5793B85F675DDC000000001", "-0.99999999999999999999999999999999999999")]
    [InlineData("\"precision\":4,\"scale\":5", "01", "AQ==")]
    [InlineData("\"scale\":1", "01", "AQ==")]
    [InlineData("\"precision\":4,\"scale\":-1", "01", "AQ==")]
    public void Decimals_are_digits_and_bytes_where_the_schema_is_wrong(string attributes, string hex, string expected)
    {
        var datum = Convert.FromHexString(hex);
        var schema = $$"""{"type":"bytes","logicalType":"decimal",{{attributes}}}""";

        var text = TextOf(schema, [(byte)(datum.Length * 2), .. datum]);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData(2, "decimal\",\"precision\":4,\"scale\":2,\"x\":\"", "FB2E", "-12.34")]
    [InlineData(2, "decimal\",\"precision\":5,\"scale\":2,\"x\":\"", "FB2E", "+y4=")]
    [InlineData(16, "uuid", "00112233445566778899AABBCCDDEEFF", "00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData(12, "duration", "010000000200000003000000", "P1M2DT0.003S")]
    [InlineData(12, "duration", "FFFFFFFFFFFFFFFFFFFFFFFF", "P4294967295M4294967295DT4294967.295S")]
    [InlineData(2, "duration", "0102", "AQI=")]
    [InlineData(2, "uuid", "0102", "AQI=")]
    public void Fixed_bytes_have_meanings_of_their_size(int size, string logical, string hex, string expected)
    {
        var schema = $$"""{"type":"fixed","name":"F","size":{{size}},"logicalType":"{{logical}}"}""";

        var text = TextOf(schema, Convert.FromHexString(hex));

        Assert.Equal(expected, text);
    }

    [Fact]
    public void A_uuid_of_text_is_shown_as_it_came() =>
        Assert.Equal("Not a uuid", TextOf("""{"type":"string","logicalType":"uuid"}""", [20, .. "Not a uuid"u8]));

    private static string TextOf(string schema, byte[] datum) =>
        AvroJson.TextOf(WriterSchema.Of(1, schema, null).Decode(AnySchemaSpecs.Framed(datum)));
}
