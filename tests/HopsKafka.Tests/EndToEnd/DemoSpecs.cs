using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

public sealed class DemoSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    [Trait("Category", "Slow")]
    [Fact]
    public async Task The_demo_runs_the_tutorial_checks_it_and_leaves_three_pictures()
    {
        await using var demo = ToolProcess.Start("hops-kafka", _dir.Path, null, "demo");

        var result = await demo.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.StartsWith("All 240 events arrived, each once, in order per sensor.\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(
            @"\n    one: Group TutorialGroup: this consumer released temperature \[1\] and keeps \[0\]\.\n"
            + @"    two: Group TutorialGroup: this consumer now has temperature \[1\]\.\n",
            result.Error);
        Assert.DoesNotContain("commit failed", result.Error, StringComparison.Ordinal);
        foreach (var picture in new[] { "series.png", "consumer.png", "consumer-2.png" })
        {
            Assert.Contains($"demo/{picture}", result.Output, StringComparison.Ordinal);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_dir.File($"demo/{picture}"))[..4]);
        }

        Assert.Equal(2, Regex.Count(result.Error, @"\n    (one|two) +\[[01]\] +sensor\d sensor\d sensor\d sensor\d +\d+ +0(?=\n)"));
    }

    [Fact]
    public async Task The_demo_leaves_a_folder_alone_that_is_not_its_own()
    {
        _dir.Write("demo/mine.txt", "mine");

        await using var demo = ToolProcess.Start("hops-kafka", _dir.Path, null, "demo");
        var result = await demo.WaitForExitAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("mine", File.ReadAllText(_dir.File("demo/mine.txt")));
    }

    public void Dispose() => _dir.Dispose();
}
