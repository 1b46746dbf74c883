using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

public sealed class HopsworksSandboxSpecs : IDisposable
{
    private static readonly string[] s_files =
    [
        "cert/apiKeyFile", "cert/keyStore.jks", "cert/keyStore.pem", "cert/password", "cert/trustStore.jks", "cert/trustStore.pem", "config.toml",
    ];

    private readonly TempDir _dir = new();

    [Fact]
    public async Task The_folder_looks_like_that_of_a_user_after_the_tutorial_and_is_private()
    {
        await using var sandbox = await StartAsync("box");

        var files = Directory.EnumerateFiles(sandbox.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(sandbox.Folder, f)).Where(f => f != ".hops-kafka-sandbox").Order(StringComparer.Ordinal);
        Assert.Equal(s_files, files);
        var config = ConfigLoader.Load(sandbox.ConfigFile);
        Assert.Equal(("localhost", sandbox.Server.BaseAddress.Port, 119, "temperature", "sensor"),
            (config.Hops.Url, config.Hops.Port, config.Project.Id, config.Kafka.Topic, config.Kafka.Schema));
        Assert.Equal(sandbox.ApiKey, config.Api.ReadKey().Reveal());
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in s_files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(sandbox.Folder, file)));
            }
        }
    }

    [Fact]
    public async Task Every_start_makes_new_secrets_in_its_own_folder()
    {
        string[] before;
        await using (var first = await StartAsync("box"))
        {
            before = [.. s_files.Select(f => Convert.ToHexString(File.ReadAllBytes(Path.Combine(first.Folder, f))))];
        }

        await using var second = await StartAsync("box");

        var after = s_files.Select(f => Convert.ToHexString(File.ReadAllBytes(Path.Combine(second.Folder, f))));
        Assert.All(before.Zip(after), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task A_folder_that_no_sandbox_wrote_is_left_as_it_is()
    {
        var precious = _dir.Write("mine/thesis.txt", "years of work");

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => StartAsync("mine"));

        Assert.Equal(HopsKafka.Common.ExitCode.Usage, error.ExitCode);
        Assert.Contains("was not written by a sandbox", error.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(precious));
        Assert.Single(Directory.EnumerateFileSystemEntries(_dir.File("mine")));
    }

    [Fact]
    public async Task The_configuration_holds_the_key_itself_for_the_tutorials_scripts_and_its_file()
    {
        await using var sandbox = await StartAsync("box");

        var api = ConfigLoader.Load(Path.Combine(sandbox.Folder, "config.toml"), new Dictionary<string, string>()).Api;

        Assert.Equal(sandbox.Key.Token, api.Key);
        Assert.Equal(sandbox.Key.Token, ApiOptions.ReadFile(api.KeyFile!, "key_file", ""));
    }

    [Fact]
    public async Task A_folder_serves_one_running_sandbox()
    {
        await using var first = await StartAsync("box");
        var key = File.ReadAllText(Path.Combine(first.Folder, "cert/apiKeyFile"));

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => StartAsync("box"));

        Assert.Contains("Another sandbox is running in", error.Message, StringComparison.Ordinal);
        Assert.Equal(key, File.ReadAllText(Path.Combine(first.Folder, "cert/apiKeyFile")));
    }

    [Fact]
    public async Task A_topic_created_by_rest_exists_in_kafka_with_its_partitions()
    {
        await using var user = await SandboxUser.StartAsync();
        using var client = Client(user.Sandbox);

        using var created = await client.PostAsJsonAsync(
            "kafka/topics", new { name = "by-rest", numOfReplicas = 1, numOfPartitions = 3, schemaName = "sensor", schemaVersion = 1 });
        var produced = await user.RunAsync("avro-producer", "by-rest", "-e", "1", "-d", "0", "-s", "12");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(0, produced.ExitCode);
        Assert.Contains("(partition 0: 7, partition 1: 2, partition 2: 3)", produced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_credentials_call_returns_the_stores_of_the_folder()
    {
        await using var sandbox = await StartAsync("box");
        using var client = Client(sandbox);

        var credentials = await client.GetFromJsonAsync<JsonElement>("credentials");

        Assert.Equal(File.ReadAllText(Path.Combine(sandbox.Folder, "cert/password")), credentials.GetProperty("password").GetString());
        var store = _dir.File("from-rest.jks");
        File.WriteAllBytes(store, credentials.GetProperty("kStore").GetBytesFromBase64());
        var listed = ExternalProgram.TryRun(
            "keytool", _dir.Path, "-list", "-keystore", store, "-storetype", "JKS", "-storepass", credentials.GetProperty("password").GetString()!);
        Assert.SkipWhen(listed is null, "keytool is not installed: this test opens the keystore with it.");
        Assert.Contains("demo__meb10000", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var sandbox = await StartAsync("box");
        var addresses = (await Dns.GetHostAddressesAsync(Dns.GetHostName()))
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)).ToList();
        Assert.SkipWhen(addresses.Count == 0, "This machine has no address beside loopback to try.");

        int[] ports = [sandbox.Server.BaseAddress.Port, int.Parse(sandbox.Kafka.Brokers[0].Split(':')[1], null)];
        foreach (var port in ports)
        {
            using var loopback = new TcpClient();
            await loopback.ConnectAsync(IPAddress.Loopback, port);
            using var outside = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => outside.ConnectAsync(addresses[0], port));
        }
    }

    [Fact]
    public async Task A_custom_schema_is_registered_and_used_by_producer_and_consumer()
    {
        var schema = _dir.Write(
            "own.avsc",
            """
            { "type": "record", "name": "reading", "namespace": "org.example", "fields": [
              { "name": "id", "type": "string" }, { "name": "site", "type": "string", "default": "roof" },
              { "name": "value", "type": "double" }, { "name": "timestamp", "type": { "type": "long", "logicalType": "timestamp-millis" } } ] }
            """);
        await using var user = await SandboxUser.StartAsync(options => options with { SchemaFile = schema });

        var produced = await user.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "4", "-d", "0");
        var consumed = await user.RunAsync("avro-consumer", HopsworksSandbox.Topic, "--exit-at-end");

        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.True(consumed.ExitCode == 0, $"{consumed}");
        Readings.AssertComplete(Readings.Of(consumed), 4);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task Producer_and_consumer_work_with_either_release(string release)
    {
        await using var user = await SandboxUser.StartAsync(options => options with { Compatibility = Version.Parse(release) });

        var produced = await user.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "2", "-d", "0");
        var consumed = await user.RunAsync("avro-consumer", HopsworksSandbox.Topic, "--exit-at-end");

        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Readings.AssertComplete(Readings.Of(consumed), 2);
    }

    [Fact]
    public async Task Its_user_is_notified_when_the_oldest_events_were_dropped()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var user = await SandboxUser.StartAsync(options => options with { Notice = text => received.TrySetResult(text) });

        await user.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "30000", "-d", "0", "-s", "8", "--quiet");

        var notice = await received.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("the oldest events of temperature [", notice, StringComparison.Ordinal);
    }

    public void Dispose() => _dir.Dispose();

    private static HttpClient Client(HopsworksSandbox sandbox)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        var client = new HttpClient(handler) { BaseAddress = new Uri(sandbox.Server.BaseAddress, "hopsworks-api/api/project/119/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", sandbox.ApiKey);
        return client;
    }

    private Task<HopsworksSandbox> StartAsync(string folder) =>
        HopsworksSandbox.StartAsync(new SandboxOptions { Folder = _dir.File(folder) });
}
