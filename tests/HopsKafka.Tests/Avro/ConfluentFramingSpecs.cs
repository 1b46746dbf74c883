using HopsKafka.Avro;

namespace HopsKafka.Tests.Avro;

public sealed class ConfluentFramingSpecs
{
    [Theory]
    [InlineData(0, "0000000000")]
    [InlineData(1, "0000000001")]
    [InlineData(0x01020304, "0001020304")]
    [InlineData(int.MaxValue, "007FFFFFFF")]
    public void The_id_is_big_endian_after_a_zero_byte(int id, string hex)
    {
        var bytes = new byte[ConfluentFraming.Size];

        ConfluentFraming.Write(bytes, id);

        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.Equal(id, ConfluentFraming.ReadSchemaId(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00000000")]
    [InlineData("7B")]
    public void Less_than_five_bytes_are_too_short(string hex)
    {
        var e = Assert.Throws<BadMessageException>(() => ConfluentFraming.ReadSchemaId(Convert.FromHexString(hex)));

        Assert.Equal(BadMessageReason.TooShort, e.Reason);
        Assert.Contains($"{hex.Length / 2} bytes", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7B22696422", "0x7B")]
    [InlineData("FF00000007", "0xFF")]
    [InlineData("0100000007", "GUID")]
    public void Another_first_byte_is_named(string hex, string named)
    {
        var e = Assert.Throws<BadMessageException>(() => ConfluentFraming.ReadSchemaId(Convert.FromHexString(hex)));

        Assert.Equal(BadMessageReason.NoMagicByte, e.Reason);
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }
}
