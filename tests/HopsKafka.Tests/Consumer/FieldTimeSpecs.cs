using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Consumer;

/// <summary>Fields of the logical types of dates and times compare by when they are, not by their text.</summary>
public sealed class FieldTimeSpecs
{
    private const long Milliseconds = 1_635_861_774_123; // 2021-11-02T14:02:54.123Z

    private static readonly WriterSchema s_schema = Events.Record(
        Field("millis", "long", "timestamp-millis"),
        Field("micros", "long", "timestamp-micros"),
        Field("nanos", "long", "timestamp-nanos"),
        Field("local", "long", "local-timestamp-micros"),
        Field("day", "int", "date"),
        Field("clock", "int", "time-millis"),
        Field("precise", "long", "time-micros"),
        Field("far", "long", "timestamp-millis"));

    private static readonly DecodedEvent s_event = Events.Of(s_schema, string.Concat(
        Long(Milliseconds),
        Long((Milliseconds * 1000) + 456),
        Long((Milliseconds * 1_000_000) + 456_789),
        Long((Milliseconds * 1000) + 456),
        Long(18_933),
        Long(50_574_000),
        Long(50_574_000_001),
        Long(long.MaxValue)));

    [Theory]
    [InlineData("millis>=2021-11-02T14:02:54Z", true)]
    [InlineData("millis=2021-11-02T14:02:54.123Z", true)]
    [InlineData("millis=2021-11-02T14:02:54.123", true)]
    [InlineData("millis=2021-11-02T15:02:54.123+01:00", true)]
    [InlineData("millis=2021-11-02T14:02:54.123000000Z", true)]
    [InlineData("millis<2021-11-02T14:02:54.123000001Z", true)]
    [InlineData("millis>2021-11-02", true)]
    [InlineData("millis>2021-11", true)]
    [InlineData("millis>=2022", false)]
    [InlineData("millis<=-1d", true)]
    [InlineData("millis=1635861774123", true)]
    [InlineData("millis>1635861774123", false)]
    [InlineData("micros>1635861774123", true)]
    [InlineData("micros=2021-11-02T14:02:54.123456Z", true)]
    [InlineData("nanos=2021-11-02T14:02:54.123456789Z", true)]
    [InlineData("nanos>2021-11-02T14:02:54.123456788Z", true)]
    [InlineData("nanos=2021-11-02T12:02:54.123456789-02:00", true)]
    [InlineData("local=2021-11-02T14:02:54.123456", true)]
    [InlineData("local>=2021-11-02T14:02:54", true)]
    [InlineData("local<2021-11-03", true)]
    [InlineData("local<2021-11-02 14:02", false)]
    [InlineData("day=2021-11-02", true)]
    [InlineData("day>2021-11", true)]
    [InlineData("day<2021-11-02", false)]
    [InlineData("clock=14:02:54", true)]
    [InlineData("clock>14:02", true)]
    [InlineData("clock=14:02:54.000", true)]
    [InlineData("precise=14:02:54.000001", true)]
    [InlineData("precise>14:02:54", true)]
    [InlineData("far>9999-12-31T23:59:59Z", true)]
    [InlineData("far<2021-11-02T14:02:54Z", false)]
    public void They_compare_by_when_they_are(string condition, bool isMet) =>
        Assert.Equal(isMet, FieldCondition.TryParse(condition)!.IsMet(s_event, ValueFormat.String));

    [Theory]
    [InlineData("millis=soon", "a point in time")]
    [InlineData("millis=14:02", "a point in time")]
    [InlineData("nanos=2021-11-02T14:02:54.1234567891Z", "a point in time")]
    [InlineData("local=2021-11-02T14:02:54Z", "a local date and time")]
    [InlineData("local=2021-11-02T14:02:54+01:00", "a local date and time")]
    [InlineData("local>-15m", "a local date and time")]
    [InlineData("day=2021-11-31", "a date")]
    [InlineData("day=2021-11-02T14:02", "a date")]
    [InlineData("clock=24:01", "a time of day")]
    [InlineData("clock=2021-11-02", "a time of day")]
    public void What_they_cannot_be_is_refused(string condition, string what)
    {
        var refused = Assert.Throws<HopsKafka.Common.HopsKafkaException>(() => FieldCondition.TryParse(condition)!.Check(s_schema.Type));

        Assert.Equal(HopsKafka.Common.ExitCode.Usage, refused.ExitCode);
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
    }

    private static string Field(string name, string type, string logical) =>
        $$$"""{"name":"{{{name}}}","type":{"type":"{{{type}}}","logicalType":"{{{logical}}}"}}""";

    // Avro's zigzag in groups of seven bits, the lowest first.
    private static string Long(long number)
    {
        var rest = (ulong)((number << 1) ^ (number >> 63));
        var bytes = new List<byte>();
        for (; rest > 0x7F; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        bytes.Add((byte)rest);
        return Convert.ToHexString([.. bytes]);
    }
}
