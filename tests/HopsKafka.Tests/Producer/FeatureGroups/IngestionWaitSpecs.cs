using System.Globalization;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.TestKit;
using HopsKafka.Tests.FeatureGroups;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Producer.FeatureGroups;

public sealed class IngestionWaitSpecs
{
    [Fact]
    public async Task Rows_that_failed_end_the_run_with_exit_code_1()
    {
        await using var server = new ScriptedServer(Answer("""{"status":"UPSERTED","rows":3},{"status":"FAILED","rows":1}"""));
        using var client = Client(server);
        var error = "";
        using var context = TestCommandContext.Use(text => error += text);

        var wait = new IngestionWait(TestGroup.Of(TestGroup.Meters, "5.2", client: client), 16, 4);
        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => wait.RunAsync(CancellationToken.None));

        Assert.Equal(("The online store could not write 1 of 4 rows of feature group meters (version 1).", 1), (e.Message, e.ExitCode));
        Assert.Equal("Rows in the online store: 3 upserted, 0 deleted, 0 ignored, 1 failed.\n", error);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_wait_goes_on_as_long_as_rows_are_processed()
    {
        await using var server = new ScriptedServer(
            [.. Enumerable.Range(1, 4).Select(rows => Answer(string.Create(CultureInfo.InvariantCulture, $$"""{"status":"UPSERTED","rows":{{rows}}}""")))]);
        using var client = Client(server);
        var group = TestGroup.Of(TestGroup.Meters, "5.2", client: client);

        var end = await group.WaitAsync(16, 4, TimeSpan.FromSeconds(1.5), TimeProvider.System, null, CancellationToken.None);

        Assert.Equal(4, end.Processed);
        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => group.WaitAsync(16, 5, TimeSpan.FromSeconds(0.5), TimeProvider.System, null, CancellationToken.None));
        Assert.Contains("4 of 5 rows", e.Message, StringComparison.Ordinal);
    }

    private static FeatureStoreClient Client(ScriptedServer server) => new(TestGroup.Rest(new Uri($"http://127.0.0.1:{server.Port}/hopsworks-api/api")), 119);

    private static ScriptedResponse Answer(string results) => ScriptedResponse.Json(200, $$"""{"count":1,"items":[{"id":16,"numEntries":null,"results":[{{results}}]}]}""");
}
