using System.Numerics;
using System.Text;
using System.Text.Json;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class RowJsonSpecs
{
    public static TheoryData<Func<object?>, string> Values => new()
    {
        { () => null, "null" },
        { () => "ä\"\n", """
            "ä\"\n"
            """ },
        { () => true, "true" },
        { () => (sbyte)-1, "-1" },
        { () => uint.MaxValue, "4294967295" },
        { () => long.MinValue, "-9223372036854775808" },
        { () => ulong.MaxValue, "18446744073709551615" },
        { () => BigInteger.Pow(10, 20), "100000000000000000000" },
        { () => 5.0, "5.0" },
        { () => -0.0, "-0.0" },
        { () => 1e300, "1E+300" },
        { () => 0.1f, "0.10000000149011612" },
        { () => double.NaN, "\"NaN\"" },
        { () => float.NegativeInfinity, "\"-Infinity\"" },
        { () => 1.50m, "1.50" },
        { () => decimal.MaxValue, "79228162514264337593543950335" },
        { () => new byte[] { 0, 1, 255 }, "\"AAH/\"" },
        { () => new ReadOnlyMemory<byte>([0]), "\"AA==\"" },
        { () => new DateOnly(7, 5, 1), "\"0007-05-01\"" },
        { () => new DateTime(2024, 5, 1, 10, 0, 0), "\"2024-05-01T10:00:00.0000000\"" },
        { () => new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc), "\"2024-05-01T10:00:00.0000000Z\"" },
        { () => new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc).ToLocalTime(), "\"2024-05-01T10:00:00.0000000Z\"" },
        { () => new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)), "\"2024-05-01T10:00:00.0000000Z\"" },
        { () => JsonElement.Parse("[1.0]"), "[1.0]" },
        { () => new[] { 1, 2 }, "[1,2]" },
        { () => new object?[] { null, "a" }, "[null,\"a\"]" },
        { () => new Dictionary<string, int> { ["k"] = 1 }, "{\"k\":1}" },
        { () => new Dictionary<string, object?> { ["a"] = new List<double> { 1 } }, "{\"a\":[1.0]}" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_of_a_program_is_the_JSON_that_keeps_its_type(Func<object?> value, string expected)
    {
        Assert.Equal($"{{\"f\":{expected}}}", Written(value()));
    }

    [Fact]
    public void Values_that_no_feature_has_are_refused()
    {
        Assert.Throws<NotSupportedException>(() => Written(new Version(1, 0)));
        Assert.Throws<NotSupportedException>(() => Written(new Dictionary<int, int> { [1] = 1 }));
        Assert.Throws<NotSupportedException>(() => Written(new object[] { TimeSpan.Zero }));
    }

    [Fact]
    public void A_DateTime_at_midnight_is_a_date_where_the_feature_is_one()
    {
        Assert.Equal("{\"f\":\"2024-05-01\"}", Written(new DateTime(2024, 5, 1), "f"));
        Assert.Equal("{\"f\":\"2024-05-01\"}", Written(new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Local), "f"));
        Assert.Equal("{\"f\":\"2024-05-01T00:00:00.0000000\"}", Written(new DateTime(2024, 5, 1), "other"));
        Assert.Equal("{\"f\":\"2024-05-01T00:00:01.0000000\"}", Written(new DateTime(2024, 5, 1, 0, 0, 1), "f"));
    }

    private static string Written(object? value, params string[] dates)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, RowJson.Options))
        {
            RowJson.Write(json, new Dictionary<string, object?> { ["f"] = value }, dates.ToHashSet());
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
