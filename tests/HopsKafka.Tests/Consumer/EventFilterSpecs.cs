using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;

namespace HopsKafka.Tests.Consumer;

/// <summary>A condition that no event can meet, because it compares a number with a text, is reported.</summary>
public sealed class EventFilterSpecs
{
    private static readonly AvroType s_schema = Events.Record(
        """{"name":"text","type":"string"}""",
        """{"name":"n","type":["null","int"]}""",
        """{"name":"d","type":"double"}""",
        """{"name":"either","type":["string","int"]}""",
        """{"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}}""",
        """{"name":"day","type":{"type":"int","logicalType":"date"}}""",
        """{"name":"in","type":["null",{"type":"record","name":"I","fields":[{"name":"a","type":"int"}]}]}""",
        """{"name":"map","type":{"type":"map","values":"int"}}""",
        """{"name":"feature","type":"bytes"}""").Type;

    [Theory]
    [InlineData("n=five")]
    [InlineData("n=")]
    [InlineData("n!=NaN")]
    [InlineData("d=abc")]
    [InlineData("amount>much")]
    [InlineData("in.a=x")]
    [InlineData("map.k=x")]
    [InlineData("n in (1,five)")]
    [InlineData("n~5*")]
    [InlineData("d!~5*")]
    [InlineData("day~1970*")]
    public void A_number_compared_with_a_text_is_refused(string condition)
    {
        var error = Assert.Throws<HopsKafkaException>(() => Filter(condition).Check(s_schema));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains($"--where '{condition}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n=5")]
    [InlineData("n=null")]
    [InlineData("d=NaN")]
    [InlineData("d=null")]
    [InlineData("text=")]
    [InlineData("text=5")]
    [InlineData("either=five")]
    [InlineData("either~f*")]
    [InlineData("either in (five,5)")]
    [InlineData("n in (5,null)")]
    [InlineData("absent~x*")]
    [InlineData("_header.any in (a,b)")]
    [InlineData("amount=1.5")]
    [InlineData("day=1970-01")]
    [InlineData("absent=x")]
    [InlineData("feature.a=x")]
    [InlineData("_key=x")]
    [InlineData("_timestamp>2021")]
    public void All_else_is_not(string condition) => Filter(condition).Check(s_schema);

    [Theory]
    [InlineData("_partition=first")]
    [InlineData("_offset>")]
    [InlineData("_offset in (1,x)")]
    [InlineData("_timestamp~2026*")]
    [InlineData("_partition!~1")]
    public void Partition_and_offset_need_no_schema_to_be_refused(string condition) => Assert.Throws<HopsKafkaException>(() => Filter(condition));

    [Fact]
    public void The_first_event_of_a_schema_that_does_not_fit_is_refused_and_those_before_it_are_not()
    {
        var filter = Filter("n=five");

        Assert.True(filter.IsMet(Events.Of(Events.Record("""{"name":"n","type":"string"}"""), "0866697665")));
        var number = Events.Of(Events.Record("""{"name":"n","type":"int"}"""), "0A");
        Assert.Throws<HopsKafkaException>(() => filter.IsMet(number));
    }

    private static EventFilter Filter(string condition) => new([FieldCondition.TryParse(condition)!], ValueFormat.String);
}
