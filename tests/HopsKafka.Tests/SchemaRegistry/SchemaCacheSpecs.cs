using HopsKafka.Avro;
using HopsKafka.Hopsworks;
using HopsKafka.Sensors;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.SchemaRegistry;

public sealed class SchemaCacheSpecs
{
    private const string Sound = "00000000070002730000000000000000";

    private static readonly ScriptedResponse s_tutorial = Schema(SensorSchema.TutorialText);
    private static readonly ScriptedResponse s_unknown = ScriptedResponse.Json(404, """{"error_code":40403,"message":"Schema not found"}""");

    [Fact]
    public async Task An_id_that_the_registry_does_not_know_is_a_bad_message_and_requested_again_next_time()
    {
        await using var server = new ScriptedServer(s_unknown, s_tutorial);
        using var client = RegistryTestClient.For(server);
        var decoder = new ReadingDecoder(client);

        var e = await Assert.ThrowsAsync<BadMessageException>(async () => await decoder.DecodeAsync(Convert.FromHexString(Sound)));
        var reading = await decoder.DecodeAsync(Convert.FromHexString(Sound));

        Assert.Equal(BadMessageReason.UnknownSchemaId, e.Reason);
        Assert.Contains("id 7", e.Message, StringComparison.Ordinal);
        Assert.Equal(new SensorReading(0, "s", 0), reading);
    }

    [Fact]
    public async Task An_unavailable_registry_is_no_bad_message_and_its_failure_is_not_cached()
    {
        var down = ScriptedResponse.Plain(503, "starting");
        await using var server = new ScriptedServer(down, down, down, s_tutorial);
        using var client = RegistryTestClient.For(server);
        var decoder = new ReadingDecoder(client);

        var e = await Assert.ThrowsAsync<HopsworksException>(async () => await decoder.DecodeAsync(Convert.FromHexString(Sound)));
        var reading = await decoder.DecodeAsync(Convert.FromHexString(Sound));

        Assert.True(e.IsTransient);
        Assert.Equal("s", reading.Id);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_missing_project_is_not_blamed_on_the_message()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(404, """{"errorCode":150004,"errorMsg":"Project wasn't found."}"""));
        using var client = RegistryTestClient.For(server);
        var decoder = new ReadingDecoder(client);

        await Assert.ThrowsAsync<HopsworksException>(async () => await decoder.DecodeAsync(Convert.FromHexString(Sound)));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_request_and_one_may_be_cancelled_alone()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(s_tutorial with { Gate = gate.Task });
        using var client = RegistryTestClient.For(server);
        var decoder = new ReadingDecoder(client);
        using var giveUp = new CancellationTokenSource();

        var impatient = decoder.DecodeAsync(Convert.FromHexString(Sound), giveUp.Token).AsTask();
        var patient = Enumerable.Range(0, 10).Select(_ => decoder.DecodeAsync(Convert.FromHexString(Sound)).AsTask()).ToList();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();
        var readings = await Task.WhenAll(patient);

        Assert.All(readings, r => Assert.Equal("s", r.Id));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_id_is_fetched_once_and_decodes_at_once_from_then_on()
    {
        await using var server = new ScriptedServer(s_tutorial);
        using var client = RegistryTestClient.For(server);
        var decoder = new ReadingDecoder(client);

        await decoder.DecodeAsync(Convert.FromHexString(Sound));
        await decoder.DecodeAsync(Convert.FromHexString(Sound.Replace("07", "08", StringComparison.Ordinal)));
        var again = decoder.DecodeAsync(Convert.FromHexString(Sound));

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal(["7", "8"], server.Requests.Select(r => r.Line.Split(' ')[1].Split("/schemas/ids/")[^1]));
    }

    private static ScriptedResponse Schema(string text) => ScriptedResponse.Json(200, RestJson.Body("schema", text));
}
