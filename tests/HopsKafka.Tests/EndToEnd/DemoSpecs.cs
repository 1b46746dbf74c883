using System.Text.RegularExpressions;
using HopsKafka.TestKit;
using HopsKafka.Tests.Tool;

namespace HopsKafka.Tests.EndToEnd;

public sealed class DemoSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    [Trait("Category", "Slow")]
    [Fact]
    public async Task The_demo_runs_the_tutorial_checks_it_and_leaves_three_pictures()
    {
        _dir.Write("config.toml", "another");
        await using var demo = ToolProcess.Start("hops-kafka", _dir.Path, DemoSettingsSpecs.Foreign, "demo");

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

    [Trait("Category", "Slow")]
    [Fact]
    public async Task The_demo_of_a_feature_group_writes_reads_deletes_and_copies_rows()
    {
        await using var demo = ToolProcess.Start("hops-kafka", _dir.Path, DemoSettingsSpecs.Foreign, "demo", "--feature-group");

        var result = await demo.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.EndsWith("The row was written to the online store and deleted from it; the offline store has all 3 rows.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("""online store: {"id":"sensor1","at":"2024-05-01T11:00:00.000000Z","value":21""", result.Error, StringComparison.Ordinal);
        Assert.Contains("After its deletion the online store has of sensor1: none", result.Error, StringComparison.Ordinal);
        Assert.Contains(",20.5,\"[\"\"indoor\"\"]\",offline\n", result.Error, StringComparison.Ordinal);
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
