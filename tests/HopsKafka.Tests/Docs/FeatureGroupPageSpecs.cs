using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;

namespace HopsKafka.Tests.Docs;

/// <summary>The code of docs/feature-groups.md.</summary>
public sealed class FeatureGroupPageSpecs
{
    [Fact]
    public async Task The_program_writes_rows_to_both_stores()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = new(5, 2) });
        await sandbox.CreateFeatureGroupAsync(
            "readings", 1, [new("id", "string", Primary: true), new("at", "timestamp"), new("value", "double"), new("tags", "array<string>")], eventTime: "at");

        var insert = Assert.Single(await RunAsync(sandbox.ConfigFile));

        Assert.Equal(((long?)100, 100L), (insert.Expected, insert.Rows["UPSERTED"]));
    }

    private static async Task<IReadOnlyList<IngestionProgress>> RunAsync(string configFile)
    {
        await using var hops = await HopsworksConnection.OpenAsync(configFile);
        var readings = await hops.OpenFeatureGroupAsync("readings", 1);
        await using var writer = await readings.OpenWriterAsync();
        for (var i = 0; i < 100; i++)
        {
            await writer.WriteAsync(new Dictionary<string, object?>
            {
                ["id"] = $"sensor{i}",
                ["at"] = DateTimeOffset.UtcNow,
                ["value"] = 20 + (0.1 * i),
                ["tags"] = new[] { "indoor", "north" },
            });
        }

        await writer.CompleteAsync(); // sends the rows, and starts the job of the offline store
        var inserts = await writer.WaitForOnlineStoreAsync(); // of each insert how many rows were UPSERTED, IGNORED or FAILED
        return inserts;
    }
}
