using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>Every command with verbose logging, run into every fault: none reveals a secret, leaves one in a temporary file, or
/// shows one in the process list.</summary>
public abstract class SecretsInFaultsSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    protected const string Key = "plantedKey.plantedSecretOfTheKey";
    protected const string Password = "plantedPasswordOfTheStore";

    // With HOPSKAFKA_ALL_COMMANDS each command runs into each fault, which takes ten minutes; else those that the fault concerns.
    protected static readonly string[]? s_all = Environment.GetEnvironmentVariable("HOPSKAFKA_ALL_COMMANDS") is { Length: > 0 }
        ?
        [
            "avro-producer -e 1 -v", "avro-consumer -n 1 --exit-at-end -v", "hops-kafka doctor -v", "hops-kafka groups -v", "hops-kafka topics -v",
            "hops-kafka schemas -v", "hops-kafka setup -v", "hops-kafka certs --dir cert --out made -v",
        ]
        : null;

    // The messages of producer and consumer are searched by their own tests; here they log as much as they can.
    protected static readonly string[] s_ofKafka = ["avro-producer -e 1 -v", "hops-kafka groups -v", "hops-kafka doctor -v"];

    protected static readonly string[] s_ofRest = ["hops-kafka setup -v", "hops-kafka schemas -v", "hops-kafka doctor -v"];

    protected static readonly string[] s_ofFiles = ["avro-producer -e 1 -v", "hops-kafka doctor -v", "hops-kafka certs --dir cert --out made -v"];

    private readonly SandboxUser _user = sandbox.User;
    private readonly TempDir _files = new();

    protected SandboxUser User => _user;

    protected TempDir Files => _files;

    public void Dispose()
    {
        _files.Dispose();
        _user.Sandbox.Server.Faults.Clear();
        GC.SuppressFinalize(this);
    }

    protected static string Init(int port) =>
        $"hops-kafka init --host localhost --port {port} --project demo --api-key-file cert/apiKeyFile --verify false --dir other -v";

    protected async Task AssertNoneRevealsSecretsAsync(SandboxUser user, string[] commands, params (string Key, string Value)[] environment)
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
