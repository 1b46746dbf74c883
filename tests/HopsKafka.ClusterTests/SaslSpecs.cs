using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A Kafka cluster that is not Hopsworks' own: users and passwords instead of the project's certificates.</summary>
[Collection(typeof(SaslCluster))]
public sealed class SaslSpecs(SaslFixture kafka) : SharedToolSpecs(kafka.User)
{
    [Fact]
    public async Task Both_tools_work_with_a_user_and_a_password()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "10", "-d", "0", "--quiet");
        var resumed = await ProduceAsync(topic, "--resume", "-e", "20", "-d", "0", "--quiet");

        await using var one = User.Start("avro-consumer", topic, "-g", "members");
        await one.ReadLinesAsync(3 * 20 * Sensors);
        await using var two = User.Start("avro-consumer", topic, "-g", "members");
        await two.WaitForLogAsync("now has");
        one.Interrupt();
        two.Interrupt();
        var members = await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());
        var verified = await User.RunAsync("avro-consumer", topic, "--verify", "--from", "beginning", "--exit-at-end");
        var group = await User.RunAsync("hops-kafka", topic, "groups", "members", "--json");

        Assert.Contains("Resuming: 8 sensors found", resumed.Error, StringComparison.Ordinal);
        Assert.All(members, member => Assert.True(member.ExitCode == 0, $"{member}"));
        Readings.AssertComplete(members.SelectMany(Readings.Of), 20);
        Assert.True(verified.ExitCode == 0, $"{verified}");
        Assert.EndsWith("160 events of 8 series: nothing missing, all in order.\n", verified.Output, StringComparison.Ordinal);
        Assert.Equal(0, JsonSerializer.Deserialize<JsonElement>(group.Output).GetProperty("lag").GetInt64());
    }

    [Fact]
    public async Task Rows_of_a_feature_group_are_written_and_read_with_a_user_and_a_password()
    {
        var created = await User.Sandbox.CreateFeatureGroupAsync("logins", 1, [new("id", "int", Primary: true), new("name", "string")]);
        var group = User.Sandbox.State.FeatureGroups.Find(created.Id)!;
        var rows = Path.Combine(User.Folder, "logins.csv");
        await File.WriteAllTextAsync(rows, "id,name\n7,seven\n", TestContext.Current.CancellationToken);

        var result = await User.RunAsync("avro-producer", HopsworksSandbox.Topic, "--feature-group", "logins:1", "--input", rows);
        Assert.True(result.ExitCode == 0, $"{result}");
        await Poll.UntilAsync("the online row", () => group.Online.Find("7") is not null);

        string[] whole = ["--partition", "0,1", "--from", "beginning", "--exit-at-end", "-o", "json"];
        var read = await User.RunAsync("avro-consumer", HopsworksSandbox.Topic, ["--feature-group", "logins:1", .. whole]);

        Assert.Equal("""{"id":7,"name":"seven"}""", group.Online.Find("7"));
        Assert.True(read.ExitCode == 0, $"{read}");
        Assert.Contains("""{"id":7,"name":"seven"}""", read.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_finds_no_fault_and_logs_in()
    {
        var result = await DoctorAsync(HopsworksSandbox.Topic, "--round-trip");

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains($"SASL {User.Sandbox.BootstrapServers}: SCRAM-SHA-512: user and password are accepted\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("idempotent producer: granted\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("key and certificate: no client certificate; CAs of ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SASL_PASSWORD", "hunter2", "user or password rejected", " rejects user or password (SCRAM-SHA-512): ", "Correct [kafka] sasl_username and sasl_password")]
    [InlineData("SASL_USERNAME", "hunter2,=", "user or password rejected", " rejects user or password (SCRAM-SHA-512): ", "Correct [kafka] sasl_username and sasl_password")]
    [InlineData("SASL_MECHANISM", "PLAIN", "SASL mechanism rejected", " does not accept the SASL mechanism PLAIN; it offers ", "Set [kafka] sasl_mechanism")]
    public async Task A_wrong_login_is_one_fault_and_ends_the_tools(string key, string value, string fault, string cause, string remedy)
    {
        var environment = SandboxUser.Of(HopsworksSandbox.Topic, ($"HOPSKAFKA_KAFKA__{key}", value));

        var doctor = await User.RunAsync("hops-kafka", environment, "doctor", "-v");
        var producer = await User.RunAsync("avro-producer", environment, "-e", "1", "-v");

        Assert.Equal((1, 1), (doctor.ExitCode, producer.ExitCode));
        Assert.Contains($"SASL {User.Sandbox.BootstrapServers}: {fault}\n", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("\nOne fault", doctor.Output, StringComparison.Ordinal);
        Assert.All([doctor.Output, producer.Error], text => Assert.Contains(cause, text, StringComparison.Ordinal));
        Assert.All([doctor.Output, producer.Error], text => Assert.Contains(remedy, text, StringComparison.Ordinal));
        Assert.All([$"{doctor}", $"{producer}"], text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal));
        Assert.DoesNotContain(Password(), $"{doctor}{producer}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_permissions_are_named_with_the_ACL_to_ask_for()
    {
        using var admin = new AdminClientBuilder(kafka.AdminClient).SetLogHandler((_, _) => { }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = "half", NumPartitions = 1 }]);
        await admin.CreateAclsAsync(new[] { AclOperation.Describe, AclOperation.Read }.Select(operation => new AclBinding
        {
            Pattern = new() { Type = ResourceType.Topic, Name = "half", ResourcePatternType = ResourcePatternType.Literal },
            Entry = new() { Principal = "User:demo__meb10000", Host = "*", Operation = operation, PermissionType = AclPermissionType.Allow },
        }));

        var unknown = await DoctorAsync("nobodys");
        var half = await DoctorAsync("half");

        Assert.Contains("Topic nobodys does not exist, or your Kafka user may not use it.", unknown.Output, StringComparison.Ordinal);
        Assert.Contains("grant Describe, Read and Write on the topic to this user (an ACL).", unknown.Output, StringComparison.Ordinal);
        Assert.True(half.Output.Contains("Topic half may not be written by your Kafka user, only: ", StringComparison.Ordinal), $"{half}");
        Assert.Contains("grant Write on the topic to this user (an ACL).", half.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_where_the_brokers_require_a_login_are_one_fault()
    {
        var config = Path.Combine(User.Folder, "tls.toml");
        await File.WriteAllLinesAsync(config, (await File.ReadAllLinesAsync(User.Sandbox.ConfigFile)).Where(line => !line.StartsWith("sasl_", StringComparison.Ordinal)
            && !line.StartsWith("security_", StringComparison.Ordinal) && !line.StartsWith("ca_file", StringComparison.Ordinal)).Select(line => line != "[project]" ? line
            : "[project]\nkeystore = 'cert/keyStore.jks'\ntruststore = 'cert/trustStore.jks'\nstore_password_file = 'cert/password'"));

        var doctor = await User.RunAsync("hops-kafka", HopsworksSandbox.Topic, "doctor", "-c", config);
        var producer = await User.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "1", "-c", config);

        Assert.Equal((1, 1), (doctor.ExitCode, producer.ExitCode));
        Assert.All([doctor.Output, producer.Error], text => Assert.Matches(
            $@"{User.Sandbox.BootstrapServers} requires a login by SASL \((SCRAM-SHA-512|OAUTHBEARER), (SCRAM-SHA-512|OAUTHBEARER)\), and none is configured\.", text));
    }

    [Fact]
    public async Task What_init_writes_works_with_the_CA_of_the_brokers()
    {
        var folder = Path.Combine(User.Folder, "written");
        await using var running = ToolTask.Start(
            "hops-kafka",
            new Dictionary<string, string>(),
            [
                "init", "--host", "localhost", "--port", $"{User.Sandbox.RestAddress.Port}", "--project", "demo", "--dir", folder,
                "--topic", HopsworksSandbox.Topic, "--api-key-file", Path.Combine(User.Folder, "cert/apiKeyFile"), "--verify", Path.Combine(User.Folder, "cert/trustStore.pem"),
            ]);
        var init = await running.WaitForExitAsync();
        var config = Path.Combine(folder, "config.toml");
        var environment = SandboxUser.Of(HopsworksSandbox.Topic, ("HOPSKAFKA_PROJECT__CA_FILE", Path.Combine(User.Folder, "cert/trustStore.pem")));

        var healthy = await User.RunAsync("hops-kafka", environment, "doctor", "-c", config);
        var withoutCa = await User.RunAsync("hops-kafka", HopsworksSandbox.Topic, "doctor", "-c", config);

        Assert.Equal((0, ""), (init.ExitCode, init.Error));
        Assert.DoesNotContain(Password(), $"{init}{healthy}", StringComparison.Ordinal);
        Assert.Contains("(not of Hopsworks: sasl_ssl, SCRAM-SHA-512)", init.Output, StringComparison.Ordinal);
        Assert.Equal(["apiKeyFile"], Directory.GetFiles(Path.Combine(folder, "cert")).Select(Path.GetFileName));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(config) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.True(healthy.ExitCode == 0, $"{healthy}");
        Assert.Contains(" is not trusted by this system's trust store", withoutCa.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_with_an_API_key_gets_the_login_from_the_server()
    {
        var options = new HopsworksOptions
        {
            Host = "localhost",
            Port = User.Sandbox.RestAddress.Port,
            Project = "demo",
            ApiKey = User.Sandbox.ApiKey,
            ServerCaFile = Path.Combine(User.Folder, "cert/trustStore.pem"),
        };
        await using var hops = await HopsworksConnection.OpenAsync(options);
        await using var fromFile = await HopsworksConnection.OpenAsync(User.Sandbox.ConfigFile);

        await fromFile.CheckAsync();

        Assert.Equal(
            (SecurityProtocol.SaslSsl, SaslMechanism.ScramSha512, "demo__meb10000", Password()),
            (hops.ProducerConfig().SecurityProtocol, hops.ProducerConfig().SaslMechanism, hops.ConsumerConfig("g").SaslUsername, hops.AdminClientConfig().SaslPassword));
        Assert.Null(hops.ProducerConfig().SslKeyPem);
    }

    [Fact]
    public async Task PLAIN_works_as_well()
    {
        await using var plain = await SandboxUser.StartAsync(options => options with { KafkaHome = KafkaFixture.Home, Sasl = SaslMechanism.Plain });

        var doctor = await plain.RunAsync("hops-kafka", [], "doctor");
        var wrong = await plain.RunAsync("hops-kafka", SandboxUser.Of(HopsworksSandbox.Topic, ("HOPSKAFKA_KAFKA__SASL_PASSWORD", "hunter2")), "doctor");
        var produced = await plain.RunAsync("avro-producer", [], "-e", "5", "-d", "0", "--quiet");
        var consumed = await plain.RunAsync("avro-consumer", [], "--exit-at-end");

        Assert.True(doctor.ExitCode == 0, $"{doctor}");
        Assert.Contains(" rejects user or password (PLAIN): ", wrong.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (produced.ExitCode, consumed.ExitCode));
        Readings.AssertComplete(Readings.Of(consumed), 5);
    }

    private Task<ToolResult> DoctorAsync(string topic, params string[] more) => User.RunAsync("hops-kafka", topic, ["doctor", .. more]);

    private string Password() => User.Sandbox.ClientConfig().SaslPassword;
}
