namespace HopsKafka.Tests.JsonEncoding;

public sealed class LogicalValueSpecs
{
    [Theory]
    [InlineData("int", "date", "\"1970-01-01\"", 0L)]
    [InlineData("int", "date", "\"1969-12-31\"", -1L)]
    [InlineData("int", "date", "\"0001-01-01\"", -719162L)]
    [InlineData("int", "date", "\"2024-02-29\"", 19782L)]
    [InlineData("int", "date", "-719163", -719163L)]
    [InlineData("int", "date", "\"2023-02-29\"", null)]
    [InlineData("int", "date", "\"2023-2-9\"", null)]
    [InlineData("int", "date", "\"2023-02-09T00:00:00Z\"", null)]
    [InlineData("int", "date", "1.5", null)]
    [InlineData("int", "date", "{}", null)]
    [InlineData("int", "time-millis", "\"16:32:45.123\"", 59565123L)]
    [InlineData("int", "time-millis", "\"23:59\"", 86340000L)]
    [InlineData("int", "time-millis", "\"00:00:00.12300000000\"", 123L)]
    [InlineData("int", "time-millis", "86400000", 86400000L)]
    [InlineData("int", "time-millis", "\"00:00:00.0001\"", null)]
    [InlineData("int", "time-millis", "\"24:00:00\"", null)]
    [InlineData("int", "time-millis", "\"00:00:60\"", null)]
    [InlineData("int", "time-millis", "\"00:00:00Z\"", null)]
    [InlineData("long", "time-micros", "\"01:00:00.000001\"", 3600000001L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54.123Z\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T16:02:54.123+02:00\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T09:02:54.123-0500\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02 14:02:54.123+00\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"1969-12-31T23:59:59.999Z\"", -1L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02Z\"", 1635861720000L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54.123000Z\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "1635861774123", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "1.635861774123e12", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"\\u0032021-11-02T14:02:54.123Z\"", 1635861774123L)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54.1234Z\"", null)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54.123\"", null)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02\"", null)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54.Z\"", null)]
    [InlineData("long", "timestamp-millis", "\"2021-11-02T14:02:54+25:00\"", null)]
    [InlineData("long", "timestamp-millis", "\"0000-11-02T14:02:54Z\"", null)]
    [InlineData("long", "timestamp-millis", "\"1635861774123\"", null)]
    [InlineData("long", "timestamp-millis", "\"\"", null)]
    [InlineData("long", "timestamp-micros", "\"1969-12-31T23:59:59.999999Z\"", -1L)]
    [InlineData("long", "timestamp-nanos", "\"1677-09-21T00:12:43.145224192Z\"", long.MinValue)]
    [InlineData("long", "timestamp-nanos", "\"2262-04-11T23:47:16.854775807Z\"", long.MaxValue)]
    [InlineData("long", "timestamp-nanos", "\"2262-04-11T23:47:16.854775808Z\"", null)]
    [InlineData("long", "timestamp-nanos", "\"1970-01-01T00:00:00.0000000001Z\"", null)]
    [InlineData("long", "local-timestamp-millis", "\"1970-01-01T00:00:00.001\"", 1L)]
    [InlineData("long", "local-timestamp-micros", "\"1969-12-31T23:59:59.999999\"", -1L)]
    [InlineData("long", "local-timestamp-nanos", "\"1970-01-01T00:00:00.000000001\"", 1L)]
    [InlineData("long", "local-timestamp-millis", "\"1970-01-01T00:00:00Z\"", null)]
    [InlineData("long", "date", "1", 1L)]
    [InlineData("long", "date", "\"1970-01-02\"", null)]
    [InlineData("int", "of-nobody", "1", 1L)]
    public void Dates_and_times_are_iso_8601_or_the_number(string type, string logical, string json, long? expected)
    {
        var schema = $$"""{"type":"{{type}}","logicalType":"{{logical}}"}""";

        if (expected is { } number)
        {
            Assert.Equal(Encoded.Hex("\"long\"", FormattableString.Invariant($"{number}")), Encoded.Hex(schema, json));
        }
        else
        {
            Encoded.Error(schema, json);
        }
    }

    [Theory]
    [InlineData("\"precision\":4,\"scale\":2", "\"12.34\"", "0404D2")]
    [InlineData("\"precision\":4,\"scale\":2", "12.34", "0404D2")]
    [InlineData("\"precision\":4,\"scale\":2", "-12.34", "04FB2E")]
    [InlineData("\"precision\":4,\"scale\":2", "1.2e1", "0404B0")]
    [InlineData("\"precision\":4,\"scale\":2", "\"12.3400\"", "0404D2")]
    [InlineData("\"precision\":4,\"scale\":2", "0", "0200")]
    [InlineData("\"precision\":4,\"scale\":2", "-0.00", "0200")]
    [InlineData("\"precision\":4,\"scale\":2", "1.28", "040080")]
    [InlineData("\"precision\":4,\"scale\":2", "-1.28", "0280")]
    [InlineData("\"precision\":4,\"scale\":4", "\"0.0001\"", "0201")]
    [InlineData("\"precision\":38", "\"99999999999999999999999999999999999999\"", "204B3B4CA85A86C47A098A223FFFFFFFFF")]
    [InlineData("\"precision\":38,\"scale\":38", "\"-0.99999999999999999999999999999999999999\"", "20B4C4B357A5793B85F675DDC000000001")]
    [InlineData("\"precision\":20", "1e19", "12008AC7230489E80000")]
    [InlineData("\"precision\":4,\"scale\":2", "12.345", null)]
    [InlineData("\"precision\":4,\"scale\":2", "123.4", null)]
    [InlineData("\"precision\":4,\"scale\":2", "1e999999999999", null)]
    [InlineData("\"precision\":4,\"scale\":2", "\"\"", null)]
    [InlineData("\"precision\":4,\"scale\":2", "\"1,5\"", null)]
    [InlineData("\"precision\":4,\"scale\":2", "\"01.5\"", null)]
    [InlineData("\"precision\":4,\"scale\":2", "\"1.\"", null)]
    [InlineData("\"precision\":4,\"scale\":2", "\"+1\"", null)]
    [InlineData("\"precision\":4,\"scale\":2", "true", null)]
    [InlineData("\"precision\":4,\"scale\":5", "\"AQ==\"", "0201")]
    [InlineData("\"precision\":2000,\"scale\":1001", "\"AQ==\"", "0201")]
    public void Decimals_are_exact_or_refused(string attributes, string json, string? expected)
    {
        var schema = $$"""{"type":"bytes","logicalType":"decimal",{{attributes}}}""";

        if (expected is not null)
        {
            Assert.Equal(expected, Encoded.Hex(schema, json));
        }
        else
        {
            Encoded.Error(schema, json);
        }
    }

    [Theory]
    [InlineData(2, "decimal\",\"precision\":4,\"scale\":2,\"x\":\"", "\"-12.34\"", "FB2E")]
    [InlineData(4, "decimal\",\"precision\":4,\"scale\":2,\"x\":\"", "-0.01", "FFFFFFFF")]
    [InlineData(4, "decimal\",\"precision\":4,\"scale\":2,\"x\":\"", "0.01", "00000001")]
    [InlineData(2, "decimal\",\"precision\":5,\"scale\":2,\"x\":\"", "\"+y4=\"", "FB2E")]
    [InlineData(16, "uuid", "\"00112233-4455-6677-8899-aabbccddeeff\"", "00112233445566778899AABBCCDDEEFF")]
    [InlineData(16, "uuid", "\"00112233-4455-6677-8899-AABBCCDDEEFF\"", "00112233445566778899AABBCCDDEEFF")]
    [InlineData(16, "uuid", "\"00112233445566778899aabbccddeeff\"", null)]
    [InlineData(12, "duration", "\"P1M2DT0.003S\"", "010000000200000003000000")]
    [InlineData(12, "duration", "\"P4294967295M4294967295DT4294967.295S\"", "FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData(12, "duration", "\"P1Y1M1W1DT1H1M1.5S\"", "0D00000008000000BCDE3700")]
    [InlineData(12, "duration", "\"PT1.0000S\"", "0000000000000000E8030000")]
    [InlineData(12, "duration", "\"P4294967296M\"", null)]
    [InlineData(12, "duration", "\"PT4294968S\"", null)]
    [InlineData(12, "duration", "\"PT0.0001S\"", null)]
    [InlineData(12, "duration", "\"P1DT\"", null)]
    [InlineData(12, "duration", "\"P\"", null)]
    [InlineData(12, "duration", "\"P1D1M\"", null)]
    [InlineData(12, "duration", "\"P1.5D\"", null)]
    [InlineData(12, "duration", "\"-P1D\"", null)]
    [InlineData(12, "duration", "\"P1\"", null)]
    [InlineData(12, "duration", "\"AQAAAAIAAAADAAAA\"", null)]
    [InlineData(2, "duration", "\"AQI=\"", "0102")]
    [InlineData(2, "uuid", "\"AQI=\"", "0102")]
    public void Fixed_bytes_have_meanings_of_their_size(int size, string logical, string json, string? expected)
    {
        var schema = $$"""{"type":"fixed","name":"F","size":{{size}},"logicalType":"{{logical}}"}""";

        if (expected is not null)
        {
            Assert.Equal(expected, Encoded.Hex(schema, json));
        }
        else
        {
            Encoded.Error(schema, json);
        }
    }

    [Fact]
    public void A_uuid_of_text_is_kept_as_it_is_written_and_no_other_text_is_one()
    {
        var schema = """{"type":"string","logicalType":"uuid"}""";

        Assert.Equal("48", Encoded.Hex(schema, "\"00112233-4455-6677-8899-AABBCCDDEEFF\"")[..2]);
        Assert.EndsWith(Convert.ToHexString("AABBCCDDEEFF"u8), Encoded.Hex(schema, "\"00112233-4455-6677-8899-AABBCCDDEEFF\""), StringComparison.Ordinal);
        Encoded.AssertError(schema, "\"not a uuid\"", "", 0, "is not a UUID such as");
    }

    [Theory]
    [InlineData("\"long\",\"logicalType\":\"timestamp-millis\"", "\"2021-11-02T14:02:54.1234Z\"", "is finer than timestamp-millis, which has 3 digits of the second.")]
    [InlineData("\"long\",\"logicalType\":\"timestamp-millis\"", "\"2021-11-02T14:02:54\"", "has no offset such as Z or +02:00; the schema says timestamp-millis.")]
    [InlineData("\"long\",\"logicalType\":\"timestamp-nanos\"", "\"2362-11-02T14:02:54Z\"", "is out of range; the schema says timestamp-nanos.")]
    [InlineData("\"int\",\"logicalType\":\"date\"", "\"yesterday\"", "\"yesterday\" is not a date such as 2021-09-16; the schema says date.")]
    [InlineData("\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2", "12.345", "12.345 has 3 digits after the decimal point; the schema says decimal(4, 2), which has 2.")]
    [InlineData("\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2", "123", "123 needs 5 digits at a scale of 2; the schema says decimal(4, 2).")]
    public void The_reason_is_plain(string type, string json, string reason) =>
        Encoded.AssertError(Encoded.Record($$"""{"name":"x","type":{"type":{{type}}} }"""), $"{{\"x\":{json}}}", "x", 5, reason);
}
