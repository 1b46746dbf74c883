using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.Tests.FeatureGroups;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Producer.FeatureGroups;

public sealed class IngestionWaitSpecs
{
    [Fact]
    public async Task Rows_that_failed_end_the_run_with_exit_code_1()
    {
        var answer = """{"count":1,"items":[{"id":16,"numEntries":null,"results":[{"status":"UPSERTED","rows":3},{"status":"FAILED","rows":1}]}]}""";
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, answer));
        using var client = new FeatureStoreClient(TestGroup.Rest(new Uri($"http://127.0.0.1:{server.Port}/hopsworks-api/api")), 119);

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => new IngestionWait(TestGroup.Of(TestGroup.Meters, "5.2", client: client), 16, 4).RunAsync(CancellationToken.None));

        Assert.Equal(("The online store could not write 1 of 4 rows of feature group meters (version 1).", 1), (e.Message, e.ExitCode));
    }
}
