using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Plotting;

public sealed class ReadmePictureSpecs
{
    private static readonly string s_picture = Path.Combine(Golden.Root, "docs", "sensors.png");

    [Fact]
    public void The_picture_of_the_readme_is_what_its_commands_draw() =>
        PictureCheck.AssertShows(s_picture, "temperature · group another", SensorShape.Tutorial, 400);

    [Theory]
    [InlineData("temperature · group other", 400)]
    [InlineData("temperature · group another", 399)]
    public void Another_title_or_a_missing_step_is_noticed(string title, int steps) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => PictureCheck.AssertShows(s_picture, title, SensorShape.Tutorial, steps));
}
