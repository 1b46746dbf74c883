using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;

namespace HopsKafka.Tests.Consumer;

/// <summary><c>_key</c>, <c>_partition</c>, <c>_offset</c> and <c>_timestamp</c> in <c>--fields</c> and <c>--where</c>.</summary>
public sealed class EventPropertySpecs
{
    private static readonly DecodedEvent s_event = Events.Of(Events.Record("""{"name":"n","type":"int"}"""), "0A", key: "k,1");
    private static readonly FieldPath[] s_fields = [.. "_key,_partition,_offset,_timestamp,n".Split(',').Select(name => FieldPath.TryParseOfEvent(name)!)];

    [Theory]
    [InlineData(nameof(OutputFormat.Csv), "_key,_partition,_offset,_timestamp,n\r\n\"k,1\",1,3,2021-11-02T14:02:54.123Z,5\r\n")]
    [InlineData(nameof(OutputFormat.Text), "Event record k,1: _key: k,1\n\t_partition: 1\n\t_offset: 3\n\t_timestamp: 2021-11-02T14:02:54.123Z\n\tn: 5\n")]
    public void They_are_shown_as_the_columns_of_csv_show_them(string kind, string expected)
    {
        using var format = new OutputOptions { Kind = Enum.Parse<OutputFormat>(kind), Fields = s_fields }.CreateFormat();

        Assert.Equal(expected, Events.Written(format, s_event));
    }

    [Fact]
    public void In_json_they_are_numbers_and_texts()
    {
        using var format = new OutputOptions { Kind = OutputFormat.Json, Fields = s_fields }.CreateFormat();

        Assert.Contains(
            """{"_key":"k,1","_partition":1,"_offset":3,"_timestamp":"2021-11-02T14:02:54.123Z","n":5}""", Events.Written(format, s_event), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_csv_has_them_for_a_tombstone_too_and_is_empty_for_a_key_that_is_null()
    {
        using var format = new OutputOptions { Kind = OutputFormat.Csv, Fields = s_fields[..2] }.CreateFormat();

        Assert.Equal("_key,_partition\r\nk,1\r\n,1\r\n", Events.Written(format, Events.Tombstone(), Events.Plain(null, null)));
    }

    [Fact]
    public void A_key_that_is_no_utf8_is_a_text_all_the_same_or_its_digits()
    {
        var decoded = Events.Plain(null, [0xFF, 0x41]);

        Assert.True(s_fields[0].TryGet(decoded, ValueFormat.String, out var text));
        Assert.True(s_fields[0].TryGet(decoded, ValueFormat.Hex, out var hex));

        Assert.Equal(("\uFFFDA", "ff41"), (text.Text, hex.Text));
    }

    [Theory]
    [InlineData("_key=k,1", true)]
    [InlineData("_key=null", false)]
    [InlineData("_partition=1", true)]
    [InlineData("_partition!=1", false)]
    [InlineData("_offset>2", true)]
    [InlineData("_offset>10", false)]
    [InlineData("_timestamp>=2021-11-02T14:02", true)]
    [InlineData("_timestamp<2021-11-02", false)]
    [InlineData("_timestamp>=2021-11-02T14:02:54Z", true)]
    [InlineData("_timestamp<2021-11-02T14:02:54Z", false)]
    [InlineData("_timestamp=2021-11-02T15:02:54.123+01:00", true)]
    [InlineData("_timestamp<=2021-11-02T15:02:54.122+01:00", false)]
    [InlineData("_timestamp>=-15m", false)]
    [InlineData("_timestamp<-15m", true)]
    [InlineData("_timestamp=1635861774123", true)]
    [InlineData("_timestamp>=1635861774124", false)]
    [InlineData("_timestamp!=null", true)]
    [InlineData("_timestamp>2021", true)]
    [InlineData("_timestamp<2021-12", true)]
    [InlineData("_timestamp<2021", false)]
    [InlineData("_key~k,*", true)]
    [InlineData("_key!~k,*", false)]
    [InlineData("_partition in (0,1)", true)]
    [InlineData("_offset in (4,5)", false)]
    [InlineData("_timestamp in (2021,1635861774123)", true)]
    [InlineData("_header.plain=é", true)]
    [InlineData("_header.plain~?", true)]
    [InlineData("_header.plain!=é", false)]
    [InlineData("_header.binary=\uFFFD\0", true)]
    [InlineData("_header.none=null", true)]
    [InlineData("_header.none~*", false)]
    [InlineData("_header.absent!=x", false)]
    [InlineData("_header.a.b!=x", false)]
    public void An_event_is_shown_when_its_properties_meet_the_condition(string condition, bool isMet) =>
        Assert.Equal(isMet, new EventFilter([FieldCondition.TryParse(condition)!], ValueFormat.String).IsMet(s_event));

    [Fact]
    public void A_header_can_be_a_column()
    {
        var fields = "_header.plain,_header.none,_header.absent".Split(',').Select(name => FieldPath.TryParseOfEvent(name)!).ToArray();
        using var format = new OutputOptions { Kind = OutputFormat.Csv, Fields = fields }.CreateFormat();

        Assert.Equal("_header.plain,_header.none,_header.absent\r\né,,\r\n", Events.Written(format, s_event));
        Assert.Equal([false, false, true], fields.Select(f => f.IsAbsent));
    }

    [Fact]
    public void Of_headers_with_the_same_name_the_last_one_counts()
    {
        var decoded = Events.Plain(null, null);
        decoded.Source.Message.Headers.Add("plain", "last"u8.ToArray());

        Assert.True(FieldCondition.TryParse("_header.plain=last")!.IsMet(decoded, ValueFormat.String));
    }

    [Theory]
    [InlineData("_timestamp>=yesterday")]
    [InlineData("_timestamp>=20:15")]
    [InlineData("_timestamp=")]
    [InlineData("_offset>=2026-01-01")]
    public void A_property_that_is_compared_with_what_it_cannot_be_is_refused_before_any_schema_is_known(string condition)
    {
        var refused = Assert.Throws<HopsKafkaException>(() => new EventFilter([FieldCondition.TryParse(condition)!], ValueFormat.String));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(condition, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_a_value_that_has_such_a_name_is_still_a_column_of_its_own()
    {
        using var format = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();

        Assert.EndsWith(",k,5\r\n", Events.Written(format, Events.Of(Events.Record("""{"name":"_key","type":"int"}"""), "0A")), StringComparison.Ordinal);
    }
}
