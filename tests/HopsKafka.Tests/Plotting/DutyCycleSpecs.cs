using HopsKafka.Plotting;

namespace HopsKafka.Tests.Plotting;

public sealed class DutyCycleSpecs
{
    [Fact]
    public void After_a_picture_nine_times_as_long_as_it_took_must_pass()
    {
        var time = new ManualTime();
        var share = new DutyCycle(time);
        Assert.True(share.MayDraw, "the first picture waits for nothing");

        share.Begin();
        time.Now += TimeSpan.FromSeconds(2);
        share.End();

        Assert.False(share.MayDraw);
        time.Now += TimeSpan.FromSeconds(17.9);
        Assert.False(share.MayDraw);
        time.Now += TimeSpan.FromSeconds(0.1);
        Assert.True(share.MayDraw);
    }
}
