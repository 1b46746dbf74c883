using System.Collections.Concurrent;
using System.Net.Security;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Faults;

/// <summary>A registry that is restarted, with another certificate and another key, while producer and consumer are running.</summary>
public sealed class RegistryRenewalSpecs : IAsyncLifetime
{
    private const int Steps = 500;

    private const string WithUnit =
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"id","type":"string"},{"name":"value","type":"double"},{"name":"unit","type":"string","default":"C"}]}""";

    private readonly TempDir _files = new();
    private readonly TestCertificates _ca = new();
    private readonly ConcurrentQueue<HandledRequest> _requests = new();
    private SandboxUser _user = null!;
    private HopsworksServer _server = null!;
    private ApiKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _user = await SandboxUser.StartAsync();
        _key = _user.Sandbox.Key;
        _files.Write("ca.pem", _ca.Pem);
        _server = await ServeAsync(0, _ca);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _user.DisposeAsync();
        _ca.Dispose();
        _files.Dispose();
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_with_a_new_certificate_and_a_new_key_is_waited_for_and_nothing_is_lost(bool isOtherCa)
    {
        using var others = new TestCertificates("Another CA");
        await using var consumer = Start(ToolFailures.Consumer, "-o", "json", "-v");
        await using var producer = Start(ToolFailures.Producer, "-e", $"{Steps}", "-d", "0.01", "-q", "-v");
        await consumer.ReadLinesAsync(800);
        var consuming = consumer.WaitForExitAsync();
        var old = _key;

        await _server.DisposeAsync();
        await WriteWithNewSchemaAsync();
        await consumer.WaitForLogAsync("Waiting for the schema registry");
        RotateKey();
        if (isOtherCa)
        {
            _files.Write("ca.pem", others.Pem);
        }

        _requests.Clear();
        _server = await ServeAsync(_server.BaseAddress.Port, isOtherCa ? others : _ca);
        var produced = await producer.WaitForExitAsync();
        await Poll.UntilAsync("every event", () => consumer.Output.Count == (8 * Steps) + 1, () => $"{consumer.Output.Count} came. {consumer.Error}");
        consumer.Interrupt();
        var consumed = await consuming;

        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        var events = PrintedEvent.Of(consumer.Output);
        Assert.Single(events, e => e.Sensor == "renewed");
        AssertEachOnceAndInOrder(events.Where(e => e.Sensor != "renewed"));
        Assert.Single(Regex.Matches(consumed.Error, "Waiting for the schema registry"));
        Assert.Single(Regex.Matches(consumed.Error, "The schema registry is available again."));
        Assert.Equal([401, 200], _requests.Select(r => r.Status));
        SecretSearch.Of(_user).And(old.Token.Reveal(), old.Secret.Reveal()).AssertNoneIn($"{produced}{consumed}");
    }

    [Fact]
    public async Task A_key_that_is_rotated_is_read_again_once_and_nobody_notices()
    {
        await using var consumer = Start(ToolFailures.Consumer, "-v", "-n", "9");
        await using var producer = Start(ToolFailures.Producer, "-e", "1", "-d", "0");
        await consumer.ReadLinesAsync(8, "value: ");
        await producer.WaitForExitAsync();
        var old = _key;

        _requests.Clear();
        RotateKey();
        await WriteWithNewSchemaAsync();
        var consumed = await consumer.WaitForExitAsync();

        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Assert.Contains("Event record s: id: s", consumed.Output, StringComparison.Ordinal);
        Assert.Equal([401, 200], _requests.Select(r => r.Status));
        Assert.DoesNotContain("Waiting for", consumed.Error, StringComparison.Ordinal);
        SecretSearch.Of(_user).And(old.Token.Reveal(), old.Secret.Reveal()).AssertNoneIn(consumed);
    }

    [Fact]
    public async Task A_producer_whose_key_is_rotated_under_its_first_request_reads_it_again()
    {
        _server.Faults.DelayNext(1, TimeSpan.FromSeconds(3));
        await using var producer = Start(ToolFailures.Producer, "-e", "20", "-d", "0", "-v", "-q");
        await Poll.UntilAsync("the first request", () => _server.Faults.Pending == 0);
        var old = _key;

        RotateKey();
        var produced = await producer.WaitForExitAsync();

        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.Contains("Delivered 160", produced.Error, StringComparison.Ordinal);

        // The last one asks which subject Hopsworks names for the topic.
        Assert.Equal([401, 200, 200], _requests.Select(r => r.Status));
        SecretSearch.Of(_user).And(old.Token.Reveal(), old.Secret.Reveal()).AssertNoneIn(produced);
    }

    private static void AssertEachOnceAndInOrder(IEnumerable<PrintedEvent> events)
    {
        var bySensor = events.ToLookup(e => e.Sensor, e => e.Step);
        Assert.Equal(8, bySensor.Count);
        Assert.All(bySensor, steps => Assert.Equal(Enumerable.Range(0, Steps).Select(step => (long?)step), steps));
    }

    private RunningTool Start(string tool, params string[] arguments) => _user.Start(
        tool,
        new Dictionary<string, string>
        {
            ["HOPSKAFKA_HOPS__PORT"] = $"{_server.BaseAddress.Port}",
            ["HOPSKAFKA_HOPS__VERIFY"] = _files.File("ca.pem"),

            // The configuration holds the key itself as well, which cannot be renewed.
            ["HOPSKAFKA_API__KEY_FILE"] = "cert/apiKeyFile",
        },
        arguments);

    private async Task<HopsworksServer> ServeAsync(int port, TestCertificates ca) => await HopsworksServer.StartAsync(
        _user.Sandbox.State,
        _user.Sandbox.Kafka,
        SslStreamCertificateContext.Create(ca.Server("localhost"), null, offline: true),
        port,
        ServerQuirks.Of(new Version(2, 5)),
        _requests.Enqueue,
        cancellationToken: TestContext.Current.CancellationToken);

    private void RotateKey()
    {
        _user.Sandbox.State.ApiKeys.Delete(_key);
        _key = _user.Sandbox.State.ApiKeys.Create(_key.User, ApiScope.Kafka);
        File.WriteAllText(Path.Combine(_user.Folder, "cert/apiKeyFile"), _key.Token.Reveal() + "\n");
    }

    // An event of a schema that nobody has fetched yet.
    private Task WriteWithNewSchemaAsync()
    {
        var id = (byte)_user.Sandbox.State.Schemas.Register(119, "sensor", WithUnit)!.Id;
        byte[] value = [0, 0, 0, 0, id, 2, 2, (byte)'s', 0, 0, 0, 0, 0, 0, 0, 0, 2, (byte)'C'];
        return KafkaReader.WriteAsync(_user.Sandbox, HopsworksSandbox.Topic, new Message<string, byte[]> { Key = "renewed", Value = value });
    }
}
