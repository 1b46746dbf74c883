using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Avro;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.SchemaRegistry;

public sealed class SensorDeserializerSpecs
{
    private const string Sound = "00000000070002730000000000000000";

    private static readonly ScriptedAnswer s_tutorial = Schema(SensorSchema.TutorialText);
    private static readonly ScriptedAnswer s_unknown = ScriptedAnswer.Json(404, """{"error_code":40403,"message":"Schema not found"}""");

    [Theory]
    [MemberData(nameof(GoldenPayload.Indexes), MemberType = typeof(GoldenPayload))]
    public async Task Golden_bytes_are_read_exactly(int index)
    {
        var golden = GoldenPayload.All[index];
        await using var server = new ScriptedServer(s_tutorial);
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        var decoded = await deserializer.DecodeAsync(golden.Bytes);
        var deserialized = deserializer.Deserialize(golden.Bytes, false, SerializationContext.Empty);

        Assert.Equal(golden.Reading, decoded);
        Assert.Equal(BitConverter.DoubleToInt64Bits(golden.Reading.Value), BitConverter.DoubleToInt64Bits(decoded.Value));
        Assert.Equal(golden.Reading, deserialized);
        Assert.EndsWith($"/schemas/ids/{golden.SchemaId} HTTP/1.1", Assert.Single(server.Requests).Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", BadMessageReason.TooShort)]
    [InlineData("00000000", BadMessageReason.TooShort)]
    [InlineData("7B226964223A317D", BadMessageReason.NoMagicByte)]
    [InlineData("0000000007", BadMessageReason.Truncated)]
    [InlineData("000000000780", BadMessageReason.Truncated)]
    [InlineData("000000000700027300000000000000", BadMessageReason.Truncated)]
    [InlineData("0000000007000473", BadMessageReason.Truncated)]
    [InlineData("0000000007000273000000000000000000", BadMessageReason.TrailingBytes)]
    [InlineData("00000000070002FF0000000000000000", BadMessageReason.InvalidUtf8)]
    [InlineData("00000000070004C3280000000000000000", BadMessageReason.InvalidUtf8)]
    [InlineData("00000000070001730000000000000000", BadMessageReason.ImpossibleValue)]
    [InlineData("000000000700FEFFFFFF0F730000000000000000", BadMessageReason.Truncated)]
    [InlineData("000000000700FEFFFFFFFFFFFFFFFF01730000000000000000", BadMessageReason.ImpossibleValue)]
    [InlineData("0000000007FFFFFFFFFFFFFFFFFF02027300", BadMessageReason.ImpossibleValue)]
    [InlineData("0000000007FFFFFFFFFFFFFFFFFFFF01", BadMessageReason.ImpossibleValue)]
    public async Task Each_kind_of_damage_has_its_own_reason(string hex, object reason)
    {
        await using var server = new ScriptedServer(s_tutorial);
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);
        await deserializer.DecodeAsync(Convert.FromHexString(Sound));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = await Assert.ThrowsAsync<BadMessageException>(async () => await deserializer.DecodeAsync(Convert.FromHexString(hex)));

        Assert.Equal(reason, e.Reason);
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task An_event_without_a_value_is_no_reading()
    {
        await using var server = new ScriptedServer(s_tutorial);
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        var e = Assert.Throws<BadMessageException>(() => deserializer.Deserialize([], true, SerializationContext.Empty));

        Assert.Equal(BadMessageReason.NoValue, e.Reason);
    }

    [Fact]
    public async Task An_id_that_the_registry_does_not_know_is_a_bad_message_and_asked_for_anew_next_time()
    {
        await using var server = new ScriptedServer(s_unknown, s_tutorial);
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        var e = await Assert.ThrowsAsync<BadMessageException>(async () => await deserializer.DecodeAsync(Convert.FromHexString(Sound)));
        var reading = await deserializer.DecodeAsync(Convert.FromHexString(Sound));

        Assert.Equal(BadMessageReason.UnknownSchemaId, e.Reason);
        Assert.Contains("id 7", e.Message, StringComparison.Ordinal);
        Assert.Equal(new SensorReading(0, "s", 0), reading);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_no_bad_message_and_its_failure_is_not_kept()
    {
        var down = ScriptedAnswer.Plain(503, "starting");
        await using var server = new ScriptedServer(down, down, down, s_tutorial);
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        var e = await Assert.ThrowsAsync<HopsworksException>(async () => await deserializer.DecodeAsync(Convert.FromHexString(Sound)));
        var reading = await deserializer.DecodeAsync(Convert.FromHexString(Sound));

        Assert.True(e.IsTransient);
        Assert.Equal("s", reading.Id);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Another_projects_trouble_with_the_registry_is_not_blamed_on_the_message()
    {
        await using var server = new ScriptedServer(ScriptedAnswer.Json(404, """{"errorCode":150004,"errorMsg":"Project wasn't found."}"""));
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        await Assert.ThrowsAsync<HopsworksException>(async () => await deserializer.DecodeAsync(Convert.FromHexString(Sound)));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_request_and_one_may_give_up_alone()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(s_tutorial with { Gate = gate.Task });
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);
        using var giveUp = new CancellationTokenSource();

        var impatient = deserializer.DecodeAsync(Convert.FromHexString(Sound), giveUp.Token).AsTask();
        var patient = Enumerable.Range(0, 10).Select(_ => deserializer.DecodeAsync(Convert.FromHexString(Sound)).AsTask()).ToList();
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
        using var client = RegistryTestClient.Caching(server);
        var deserializer = new SensorDeserializer(client, SensorSchema.Tutorial);

        await deserializer.DecodeAsync(Convert.FromHexString(Sound));
        await deserializer.DecodeAsync(Convert.FromHexString(Sound.Replace("07", "08", StringComparison.Ordinal)));
        var again = deserializer.DecodeAsync(Convert.FromHexString(Sound));

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal(2, server.Requests.Count);
    }

    internal static ScriptedAnswer Schema(string text) => ScriptedAnswer.Json(200, RestJson.Body("schema", text));
}
