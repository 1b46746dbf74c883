using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.Pair;

namespace HopsKafka.Tests.Faults;

/// <summary>Every command, told to say all it can, run into every fault: none betrays a secret, leaves one in a temporary file, or
/// shows one in the process list.</summary>
[Trait("Category", "Slow")]
public sealed class SecretsInFaultsSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private const string Key = "plantedKey.plantedSecretOfTheKey";
    private const string Password = "plantedPasswordOfTheStore";

    // With HOPSKAFKA_ALL_COMMANDS each command runs into each fault, which takes ten minutes; else those that the fault concerns.
    private static readonly string[]? s_all = Environment.GetEnvironmentVariable("HOPSKAFKA_ALL_COMMANDS") is { Length: > 0 }
        ?
        [
            "avro-producer -e 1 -v", "avro-consumer -n 1 --exit-at-end -v", "hops-kafka doctor -v", "hops-kafka groups -v", "hops-kafka topics -v",
            "hops-kafka schemas -v", "hops-kafka setup -v", "hops-kafka certs --dir cert --out made -v",
        ]
        : null;

    // What the pair says of each fault is searched where its messages are tested; here it says all it can.
    private static readonly string[] s_ofKafka = ["avro-producer -e 1 -v", "hops-kafka groups -v", "hops-kafka doctor -v"];

    private static readonly string[] s_ofRest = ["hops-kafka setup -v", "hops-kafka schemas -v", "hops-kafka doctor -v"];

    private static readonly string[] s_ofFiles = ["avro-producer -e 1 -v", "hops-kafka doctor -v", "hops-kafka certs --dir cert --out made -v"];

    private readonly SandboxUser _user = sandbox.User;
    private readonly TempDir _files = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _files.Dispose();
        _certificates.Dispose();
        _user.Sandbox.Server.Faults.Clear();
    }

    [Theory]
    [InlineData("PROJECT__STORE_PASSWORD", Password, "")]
    [InlineData("PROJECT__KEY_PASSWORD", Password, "")]
    [InlineData("API__KEY", Key, "REST")]
    [InlineData("API__KEY", "plantedé.secretWithAccent", "")]
    [InlineData("HOPS__URL", "user:plantedPasswordInUrl@localhost", "")]
    [InlineData("HOPS__VERIFY", "missing.pem", "")]
    [InlineData("PROJECT__ID", "4711", "REST")]
    [InlineData("KAFKA__SCHEMA", "missing", "REST")]
    [InlineData("KAFKA__TOPIC", "missing", "Kafka")]
    [InlineData("KAFKA__BOOTSTRAP_SERVERS", "no-such-host.invalid:9092", "Kafka")]
    [InlineData("KAFKA__BOOTSTRAP_SERVERS", "localhost:1", "Kafka")]
    [InlineData("KAFKA__PROPERTIES__SSL_KEY_PASSWORD", "plantedPasswordAsProperty", "")]
    [InlineData("KAFKA__PROPERTIES__DEBUG", "security,broker,protocol", "Kafka")]
    public async Task A_wrong_setting(string setting, string value, string concerns)
    {
        var environment = new List<(string, string)> { (setting, value) };
        if (setting is "PROJECT__STORE_PASSWORD")
        {
            environment.Add(("PROJECT__KEYSTORE", "cert/keyStore.jks"));
            environment.Add(("PROJECT__TRUSTSTORE", "cert/trustStore.jks"));
        }

        await AssertNoneTellsAsync(_user, concerns == "REST" ? s_ofRest : concerns == "Kafka" ? s_ofKafka : s_ofFiles, [.. environment]);
    }

    [Theory]
    [InlineData("plain Kafka")]
    [InlineData("silence")]
    [InlineData("other name")]
    [InlineData("other CA")]
    [InlineData("expired")]
    public async Task Brokers_at_fault(string fault)
    {
        using var certificate = _certificates.Server(fault == "other name" ? "broker.example.org" : "localhost", fault == "expired" ? -1 : 1);
        await using var server = fault switch
        {
            "plain Kafka" => FaultyServer.PlainKafka(),
            "silence" => FaultyServer.Silent(),
            _ => FaultyServer.Tls(certificate),
        };
        var ca = fault == "other CA" ? [] : new[] { ("PROJECT__CA_FILE", _files.Write("ca.pem", _certificates.Pem)) };

        await AssertNoneTellsAsync(_user, s_ofKafka, [("KAFKA__BOOTSTRAP_SERVERS", $"localhost:{server.Port}"), .. ca]);
    }

    [Fact]
    public async Task A_client_certificate_that_the_brokers_refuse()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        var own = _files.Write("own.pem", others.ClientCertificatePem + others.ClientKeyPem);

        await AssertNoneTellsAsync(_user, s_ofKafka, ("PROJECT__CERTIFICATE_FILE", own), ("PROJECT__KEY_FILE", own));
    }

    [Fact]
    public async Task Brokers_that_refuse_topic_group_and_idempotence()
    {
        await using var user = await SandboxUser.StartAsync();
        var kafka = (MockKafka)user.Sandbox.Kafka;
        kafka.Advertise(1, "broker-1.internal.invalid", 9091);
        kafka.PushRequestErrors(10, [.. Enumerable.Repeat(30, 500)]);
        kafka.PushRequestErrors(22, [.. Enumerable.Repeat(31, 20)]);

        await AssertNoneTellsAsync(user, s_ofKafka);
    }

    [Theory]
    [InlineData(403, """{"errorCode":320004,"errorMsg":"No valid scope found for this invocation"}""", "application/json")]
    [InlineData(415, """{"errorCode":120004,"errorMsg":"HTTP 415 Unsupported Media Type"}""", "application/json")]
    [InlineData(500, """{"errorCode":120000,"errorMsg":"A generic error occurred."}""", "application/json")]
    [InlineData(200, "<!DOCTYPE html><html><body>Sign in</body></html>", "text/html")]
    public async Task Answers_at_fault(int status, string body, string type)
    {
        _user.Sandbox.Server.Faults.FailNext(1000, status, body, type);

        await AssertNoneTellsAsync(_user, [.. s_ofRest, Init(_user.Sandbox.Server.BaseAddress.Port)]);
    }

    [Fact]
    public async Task An_answer_that_shows_the_key_it_was_sent()
    {
        var key = File.ReadAllText(Path.Combine(_user.Folder, "cert/apiKeyFile")).Trim();
        _user.Sandbox.Server.Faults.FailNext(1000, 401, $$"""{"errorCode":200003,"errorMsg":"No key {{key}}","usrMsg":"ApiKey {{key}}"}""", "application/json");

        await AssertNoneTellsAsync(_user, [.. s_ofRest, Init(_user.Sandbox.Server.BaseAddress.Port)]);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("cut")]
    [InlineData("Kafka")]
    public async Task A_REST_server_at_fault(string fault)
    {
        await using var server = FaultyServer.Silent();
        if (fault == "cut")
        {
            _user.Sandbox.Server.Faults.CutNext(1000);
        }

        var port = fault switch
        {
            "cut" => _user.Sandbox.Server.BaseAddress.Port,
            "Kafka" => int.Parse(_user.Sandbox.Kafka.Brokers[0].Split(':')[1], null),
            _ => server.Port,
        };

        await AssertNoneTellsAsync(_user, s_all is null ? s_ofRest : [.. s_ofRest, Init(port)], ("HOPS__PORT", $"{port}"));
    }

    [Fact]
    public async Task A_key_without_its_scopes()
    {
        var key = _user.Sandbox.State.ApiKeys.Create(_user.Sandbox.Key.User, ApiScope.Project).Token.Reveal();

        await AssertNoneTellsAsync(_user, s_ofRest, ("API__KEY", key));
    }

    private static string Init(int port) =>
        $"hops-kafka init --host localhost --port {port} --project demo --api-key-file cert/apiKeyFile --verify false --dir other -v";

    private async Task AssertNoneTellsAsync(SandboxUser user, string[] commands, params (string Key, string Value)[] environment)
    {
        var search = SecretSearch.Of(user, environment).And(Key, Password, "plantedPasswordInUrl", "plantedPasswordAsProperty");
        var temporary = Directory.CreateDirectory(_files.File($"tmp-{Guid.NewGuid():N}")).FullName;
        var variables = environment.ToDictionary(e => $"HOPSKAFKA_{e.Key}", e => e.Value);
        variables["TMPDIR"] = temporary;
        var runs = commands.Union(s_all ?? []).Select(async command =>
        {
            var words = command.Split(' ');
            await using var tool = user.StartProcess(words[0], variables, words[1..]);
            search.AssertNotInProcessList();
            return await tool.WaitForExitAsync();
        });
        foreach (var result in await Task.WhenAll(runs))
        {
            search.AssertNoneIn(result);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, search.AssertNotReadableByOthers(temporary));
        Assert.True(search.AssertNotReadableByOthers(user.Folder) >= 3, "The sandbox's own files hold its secrets.");
    }
}
