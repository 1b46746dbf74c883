using HopsKafka.Common;

namespace HopsKafka.Tests.Plotting;

public sealed class NaturalOrderSpecs
{
    [Theory]
    [InlineData("sensor2", "sensor10")]
    [InlineData("sensor9", "sensor10")]
    [InlineData("sensor", "sensor0")]
    [InlineData("", "a")]
    [InlineData("a1b2", "a1b10")]
    [InlineData("a2b1", "a10b0")]
    [InlineData("1", "a")]
    [InlineData("a01", "a1")]
    [InlineData("a1", "a01b")]
    [InlineData("s99999999999999999999998", "s99999999999999999999999")]
    public void Runs_of_digits_order_by_their_value(string first, string second)
    {
        var order = NaturalOrder.Instance;

        Assert.True(order.Compare(first, second) < 0);
        Assert.True(order.Compare(second, first) > 0);
        Assert.Equal(0, order.Compare(first, first));
    }
}
