using HopsKafka.Plotting;

namespace HopsKafka.Tests.Plotting;

public sealed class AxisScaleSpecs
{
    [Theory]
    [InlineData(0, 999, false)]
    [InlineData(-110, 75, false)]
    [InlineData(42, 42, false)]
    [InlineData(0, 0, false)]
    [InlineData(0, 0, true)]
    [InlineData(7_000_000, 7_001_000, true)]
    [InlineData(0, 1, true)]
    [InlineData(1e9, 1e9 + 0.03, false)]
    [InlineData(-double.MaxValue, double.MaxValue, false)]
    [InlineData(double.MaxValue, double.MaxValue, true)]
    [InlineData(0, double.Epsilon, false)]
    [InlineData(-1e-300, -1e-301, false)]
    [InlineData(1e15, 1e15 + 2, true)]
    public void Limits_are_finite_around_the_values_and_ticks_lie_within(double min, double max, bool whole)
    {
        var scale = AxisScale.Fit(min, max, 5, 0.05, whole);

        Assert.True(double.IsFinite(scale.Lower) && double.IsFinite(scale.Upper));
        Assert.True(scale.Lower < scale.Draw(min) && scale.Draw(max) < scale.Upper);
        Assert.InRange(scale.Ticks.Count, 1, 12);
        Assert.All(scale.Ticks, tick => Assert.InRange(tick.Position, scale.Lower, scale.Upper));
        Assert.Distinct(scale.Ticks.Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(0, 100, 5, false, "0|20|40|60|80|100")]
    [InlineData(-1, 1, 4, false, "\u22121.0|\u22120.5|0|0.5|1.0")]
    [InlineData(0, 2, 10, true, "0|1|2")]
    [InlineData(11_000, 13_000, 2, true, "11,000|12,000|13,000")]
    [InlineData(0, 3e12, 3, false, "0|1e12|2e12|3e12")]
    public void Ticks_are_round_and_read_well(double min, double max, int ticks, bool whole, string labels)
    {
        var scale = AxisScale.Fit(min, max, ticks, 0.0001, whole);

        Assert.Equal(labels, string.Join('|', scale.Ticks.Select(tick => tick.Label)));
    }
}
