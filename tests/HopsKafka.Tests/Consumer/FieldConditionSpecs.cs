using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Consumer;

public sealed class FieldConditionSpecs
{
    private static readonly DecodedEvent s_event = Event();

    [Theory]
    [InlineData("text=007", true)]
    [InlineData("text=7", false)]
    [InlineData("text!=7", true)]
    [InlineData("text<1", true)]
    [InlineData("text = 007", true)]
    [InlineData("empty=", true)]
    [InlineData("n=5", true)]
    [InlineData("n=5.0", true)]
    [InlineData("n=5e0", true)]
    [InlineData("n!=5", false)]
    [InlineData("n<10", true)]
    [InlineData("n<=5", true)]
    [InlineData("n>5", false)]
    [InlineData("n>=5", true)]
    [InlineData("n>-1", true)]
    [InlineData("n=five", false)]
    [InlineData("n!=five", true)]
    [InlineData("n<five", false)]
    [InlineData("big=9223372036854775807", true)]
    [InlineData("big<9223372036854775808", true)]
    [InlineData("big=9223372036854775806", false)]
    [InlineData("d=0.1", true)]
    [InlineData("d>1e-400", true)]
    [InlineData("f=0.1", true)]
    [InlineData("f<0.1", false)]
    [InlineData("nan=NaN", true)]
    [InlineData("nan!=1", true)]
    [InlineData("nan<1", false)]
    [InlineData("nan>=1", false)]
    [InlineData("d<Infinity", true)]
    [InlineData("amount=-0.99999999999999999999999999999999999999", true)]
    [InlineData("amount=-0.99999999999999999999999999999999999998", false)]
    [InlineData("amount<-0.99999999999999999999999999999999999998", true)]
    [InlineData("none=null", true)]
    [InlineData("none!=null", false)]
    [InlineData("none!=5", true)]
    [InlineData("none<5", false)]
    [InlineData("flag=true", true)]
    [InlineData("kind=B", true)]
    [InlineData("day=1970-01-02", true)]
    [InlineData("day>1970-01", true)]
    [InlineData("day<1970-01-02", false)]
    [InlineData("in.a=3", true)]
    [InlineData("in.b=3", false)]
    [InlineData("in.b!=3", false)]
    [InlineData("nothing!=3", false)]
    [InlineData("map.k=1", true)]
    [InlineData("map.x=1", false)]
    [InlineData("text.x=1", false)]
    [InlineData("text~00*", true)]
    [InlineData("text ~ ?0?", true)]
    [InlineData("text~0", false)]
    [InlineData("text~*8", false)]
    [InlineData(@"text~\*07", false)]
    [InlineData("text!~00*", false)]
    [InlineData("text!~1*", true)]
    [InlineData("empty~*", true)]
    [InlineData("empty~", true)]
    [InlineData("empty~?", false)]
    [InlineData("kind~B", true)]
    [InlineData("none!~B", true)]
    [InlineData("none~*", false)]
    [InlineData("nothing!~B", false)]
    [InlineData("text in (7,007)", true)]
    [InlineData("text in(7)", false)]
    [InlineData("n in (1, 5.0)", true)]
    [InlineData("n in (1,2)", false)]
    [InlineData("none in (1,null)", true)]
    [InlineData("empty in (a,)", true)]
    [InlineData("in.a in (3)", true)]
    [InlineData("text in (a=b,007)", true)]
    [InlineData("nothing in (1)", false)]
    public void An_event_is_shown_when_it_meets_the_condition(string condition, bool isMet) =>
        Assert.Equal(isMet, FieldCondition.TryParse(condition)!.IsMet(s_event, ValueFormat.String));

    [Theory]
    [InlineData("")]
    [InlineData("id")]
    [InlineData("=3")]
    [InlineData("a..b=3")]
    [InlineData("a!3")]
    [InlineData(" =3")]
    [InlineData("a in 3")]
    [InlineData("a in (3")]
    [InlineData("a in ()")]
    [InlineData("a in ( )")]
    [InlineData("in (3)")]
    [InlineData(" in (3)")]
    [InlineData("a..b in (3)")]
    [InlineData("a!")]
    public void What_is_no_condition_is_refused(string text) => Assert.Null(FieldCondition.TryParse(text));

    [Fact]
    public void The_operator_is_the_longest_and_the_value_may_hold_operators() =>
        Assert.True(FieldCondition.TryParse("s<=a=b")!.IsMet(Events.Of(Events.Record("""{"name":"s","type":"string"}"""), "06613D62"), ValueFormat.String));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_longer_than_others()
    {
        var text = Events.Of(Events.Record("""{"name":"s","type":"string"}"""), "C801" + string.Concat(Enumerable.Repeat("61", 100)));

        Assert.False(FieldCondition.TryParse($"s~{string.Concat(Enumerable.Repeat("*a", 40))}*b")!.IsMet(text, ValueFormat.String));
    }

    private static DecodedEvent Event()
    {
        var schema = Events.Record(
            """{"name":"text","type":"string"}""",
            """{"name":"empty","type":"string"}""",
            """{"name":"n","type":["null","int"]}""",
            """{"name":"big","type":"long"}""",
            """{"name":"d","type":"double"}""",
            """{"name":"f","type":"float"}""",
            """{"name":"nan","type":"double"}""",
            """{"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":38}}""",
            """{"name":"none","type":["null","int"]}""",
            """{"name":"flag","type":"boolean"}""",
            """{"name":"kind","type":{"type":"enum","name":"E","symbols":["A","B"]}}""",
            """{"name":"day","type":{"type":"int","logicalType":"date"}}""",
            """{"name":"in","type":{"type":"record","name":"I","fields":[{"name":"a","type":"int"}]}}""",
            """{"name":"map","type":{"type":"map","values":"int"}}""");
        return Events.Of(
            schema,
            "06303037" + "00" + "020A" + "FEFFFFFFFFFFFFFFFF01" + "9A9999999999B93F" + "CDCCCC3D" + "000000000000F87F"
            + "20B4C4B357A5793B85F675DDC000000001" + "00" + "01" + "02" + "02" + "06" + "02026B0200");
    }
}
