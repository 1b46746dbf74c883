using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>The settings of a user are not those of a demo's sandbox.</summary>
public sealed class DemoSettingsSpecs : IDisposable
{
    /// <summary>Each of them breaks a demo that takes it.</summary>
    internal static readonly Dictionary<string, string> Foreign = new()
    {
        ["HOPSKAFKA_API__KEY"] = "another",
        ["hopskafka_kafka__topic"] = "another",
        ["HOPSKAFKA_PROJECT__FEATURE_STORE"] = "another",
        ["HOPSKAFKA_NO__SETTING"] = "another",
        ["HOPSWORKS_HOST"] = "another.invalid",
        ["HOPSWORKS_API_KEY"] = "another",
        ["HOPSWORKS_PROJECT"] = "another",
    };

    private readonly TempDir _dir = new();

    [Trait("Category", "Slow")]
    [Fact]
    public async Task The_demo_of_a_feature_group_ignores_the_settings_of_the_environment_and_pads_no_JSON()
    {
        await using var demo = ToolTask.Start("hops-kafka", Foreign, ["demo", "--feature-group", "--out", _dir.File("demo"), "--log-format", "json"]);

        var result = await demo.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains("\"message\":\"Rows in the online store: 2 upserted, 0 deleted, 1 ignored, 0 failed.\"", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"message\":\" ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _dir.Dispose();
}
