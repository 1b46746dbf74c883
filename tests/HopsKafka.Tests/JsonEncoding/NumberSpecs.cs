namespace HopsKafka.Tests.JsonEncoding;

public sealed class NumberSpecs
{
    [Theory]
    [InlineData("int", "0", "00")]
    [InlineData("int", "-1", "01")]
    [InlineData("int", "2147483647", "FEFFFFFF0F")]
    [InlineData("int", "-2147483648", "FFFFFFFF0F")]
    [InlineData("int", "1.0", "02")]
    [InlineData("int", "-0.0", "00")]
    [InlineData("int", "1e3", "D00F")]
    [InlineData("int", "1.5E1", "1E")]
    [InlineData("int", "1500e-2", "1E")]
    [InlineData("int", "0e999999999999", "00")]
    [InlineData("long", "9223372036854775807", "FEFFFFFFFFFFFFFFFF01")]
    [InlineData("long", "-9223372036854775808", "FFFFFFFFFFFFFFFFFF01")]
    [InlineData("long", "-9223372036854775808.0", "FFFFFFFFFFFFFFFFFF01")]
    [InlineData("long", "9.223372036854775807e18", "FEFFFFFFFFFFFFFFFF01")]
    [InlineData("double", "1.5", "000000000000F83F")]
    [InlineData("double", "0.1", "9A9999999999B93F")]
    [InlineData("double", "-0.0", "0000000000000080")]
    [InlineData("double", "-0", "0000000000000080")]
    [InlineData("double", "1152921504606846976", "000000000000B043")]
    [InlineData("double", "1.1529215046068469E+18", "FFFFFFFFFFFFAF43")]
    [InlineData("double", "9007199254740993.0", "0000000000004043")]
    [InlineData("double", "18446744073709551616", "000000000000F043")]
    [InlineData("double", "32769117892146630", "721DE4B3D51A5D43")]
    [InlineData("double", "123456789012345680000", "DABC047E3AC51A44")]
    [InlineData("double", "5e-324", "0100000000000000")]
    [InlineData("double", "\"NaN\"", "000000000000F87F")]
    [InlineData("double", "\"Infinity\"", "000000000000F07F")]
    [InlineData("double", "\"-Infinity\"", "000000000000F0FF")]
    [InlineData("float", "0.1", "CDCCCC3D")]
    [InlineData("float", "0.100000001", "CDCCCC3D")]
    [InlineData("float", "0.10000000149011612", "CDCCCC3D")]
    [InlineData("float", "16777216", "0000804B")]
    [InlineData("float", "123456789.0", null)]
    [InlineData("float", "123456792.0", "A379EB4C")]
    [InlineData("float", "1.2345679E+08", "A379EB4C")]
    [InlineData("float", "1E-45", "01000000")]
    [InlineData("float", "\"NaN\"", "0000C07F")]
    [InlineData("float", "\"-Infinity\"", "000080FF")]
    [InlineData("int", "1.5", null)]
    [InlineData("int", "2147483648", null)]
    [InlineData("int", "1e10", null)]
    [InlineData("int", "1e-1", null)]
    [InlineData("int", "1e999999999999", null)]
    [InlineData("int", "\"1\"", null)]
    [InlineData("int", "true", null)]
    [InlineData("long", "9223372036854775808", null)]
    [InlineData("long", "-9223372036854775809", null)]
    [InlineData("long", "null", null)]
    [InlineData("double", "1152921504606846977", null)]
    [InlineData("double", "9007199254740993", null)]
    [InlineData("double", "18446744073709551617", null)]
    [InlineData("double", "1e309", null)]
    [InlineData("double", "1e-400", null)]
    [InlineData("double", "\"1.5\"", null)]
    [InlineData("double", "\"nan\"", null)]
    [InlineData("double", "NaN", null)]
    [InlineData("float", "16777217", null)]
    [InlineData("float", "1e39", null)]
    [InlineData("float", "73.43209881486389", null)]
    [InlineData("float", "1.23456789", null)]
    [InlineData("float", "1.1e-45", null)]
    [InlineData("boolean", "1", null)]
    [InlineData("boolean", "true", "01")]
    [InlineData("boolean", "false", "00")]
    [InlineData("null", "null", "")]
    [InlineData("null", "0", null)]
    public void A_number_is_exact_or_refused(string type, string json, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal(("", 0), Encoded.Error($"\"{type}\"", json) is var error ? (error.FieldPath, error.Offset) : default);
        }
        else
        {
            Assert.Equal(expected, Encoded.Hex($"\"{type}\"", json));
        }
    }

    [Theory]
    [InlineData("int", "1.5", "1.5 is not an integer; the schema says int.")]
    [InlineData("int", "\"x\"", "\"x\" is not an integer; the schema says int.")]
    [InlineData("int", "2147483648", "2147483648 is out of range; the schema says int, -2147483648 to 2147483647.")]
    [InlineData("double", "9007199254740993", "9007199254740993 would be rounded to 9007199254740992; the schema says double.")]
    [InlineData("float", "1.23456789", "1.23456789 would be rounded to 1.2345679; the schema says float.")]
    [InlineData("double", "1e-400", "1e-400 is out of range; the schema says double.")]
    public void The_reason_is_plain(string type, string json, string reason) =>
        Encoded.AssertError(Encoded.Record($$"""{"name":"age","type":"{{type}}"}"""), $"{{\"age\": {json}}}", "age", 8, reason);

    [Fact]
    public void Every_float_and_double_is_read_as_it_is_printed()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            var wide = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.Round(random.NextDouble() * Math.Pow(10, random.Next(25)));
            if (float.IsFinite(single))
            {
                Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(single)), Encoded.Hex("\"float\"", FormattableString.Invariant($"{single}")));
                Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(single)), Encoded.Hex("\"float\"", FormattableString.Invariant($"{single:E8}")));
            }

            if (double.IsFinite(wide))
            {
                Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(wide)), Encoded.Hex("\"double\"", FormattableString.Invariant($"{wide}")));
            }
        }
    }
}
