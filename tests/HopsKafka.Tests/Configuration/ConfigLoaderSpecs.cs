using System.Text;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigLoaderSpecs : IDisposable
{
    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Theory]
    [InlineData("", null)]
    [InlineData("registry_project = 1144", 1144)]
    [InlineData("registry_project = '1144'", 1144)]
    public void The_owner_of_a_shared_topic_is_a_number_or_a_text_of_digits(string line, int? expected)
    {
        var config = _testConfig.Load(TestConfig.Smallest.Replace("topic = 't'", $"topic = 't'\n{line}", StringComparison.Ordinal));

        Assert.Equal(expected, config.Kafka.RegistryProject);
    }

    [Fact]
    public void The_file_of_the_tutorial_loads_as_it_is()
    {
        var config = _testConfig.Load(TestConfig.Tutorial);

        Assert.Equal(_testConfig.Path, config.File);
        Assert.Equal(new HopsOptions("127.0.0.1", 443, ServerTrust.Any), config.Hops);
        var keyStore = Path.Combine(_testConfig.Folder, "cert", "keyStore.pem");
        Assert.Equal(
            new ProjectOptions(
                "Kafka_Tutorial", 1143, Path.Combine(_testConfig.Folder, "cert", "trustStore.pem"), keyStore, keyStore, new Secret("asdf123")),
            config.Project);
        Assert.Equal("temperature", config.Kafka.Topic);
        Assert.Equal("sensor", config.Kafka.Schema);
        Assert.Equal(["127.0.0.1:9092"], config.Kafka.BootstrapServers);
        Assert.Null(config.Kafka.SchemaFile);
        Assert.Empty(config.Kafka.Properties);
        Assert.Empty(config.Kafka.Producer);
        Assert.Equal(
            new Dictionary<string, string> { ["group.id"] = "TutorialGroup", ["auto.offset.reset"] = "earliest" },
            config.Kafka.Consumer);
        Assert.Equal("TutorialGroup", config.Kafka.GroupId);
        Assert.Equal("/hopsworks-api/api", config.Api.Base);
        Assert.StartsWith("K97n09", config.Api.ReadKey().Reveal(), StringComparison.Ordinal);
        Assert.Same(SensorShape.Tutorial, config.Sensors);
    }

    [Fact]
    public void What_is_left_out_has_the_documented_default()
    {
        var config = _testConfig.Load(TestConfig.Smallest);

        Assert.Equal(new HopsOptions("localhost", 443, ServerTrust.System), config.Hops);
        Assert.Null(config.Project.Name);
        Assert.Equal(config.Project.CertificateFile, config.Project.KeyFile);
        Assert.Null(config.Project.KeyPassword);
        Assert.Equal("/hopsworks-api/api", config.Api.Base);
        Assert.Null(config.Api.Key);
        Assert.Null(config.Kafka.GroupId);
    }

    [Fact]
    public void The_file_of_the_repository_loads()
    {
        var path = Path.Combine(Golden.Root, "config.toml");

        var config = ConfigLoader.Load(path, new Dictionary<string, string>());

        Assert.Equal(Path.Combine(Golden.Root, "cert", "keyStore.pem"), config.Project.KeyFile);
        Assert.Equal("TutorialGroup", config.Kafka.GroupId);
        Assert.Null(config.Project.KeyPassword);
    }

    // Key stores and PEM files exclude each other.
    [Theory]
    [InlineData("keystore,truststore,store_password,store_password_file,key_alias")]
    [InlineData("ca_file,certificate_file,key_file")]
    public void Every_commented_key_of_the_repositorys_file_loads_when_it_is_switched_on(string leftOut)
    {
        var lines = File.ReadAllLines(Path.Combine(Golden.Root, "config.toml")).Select(SwitchOn).ToList();
        var others = leftOut.Split(',');
        var api = lines.IndexOf("[api]");
        var toml = string.Join('\n', lines.Where((line, at) => at > api || !others.Contains(line.Split(" = ")[0])));

        var config = _testConfig.Load(toml);

        Assert.Equal(new HopsOptions("127.0.0.1", 443, ServerTrust.System), config.Hops);
        Assert.Equal(["broker0:9092", "broker1:9092"], config.Kafka.BootstrapServers);
        Assert.Equal("60000", config.Kafka.Properties["socket.timeout.ms"]);
        Assert.Equal("otherproject_featurestore", config.Project.FeatureStore);
        Assert.Equal([SensorShape.Tutorial[0]], config.Sensors);

        static string SwitchOn(string line) =>
            line.StartsWith("# ", StringComparison.Ordinal) && (line.Contains(" = ", StringComparison.Ordinal) || line == "# [[sensor]]")
                ? line[2..]
                : line;
    }

    [Theory]
    [InlineData("port = 9092", "id = 7")]
    [InlineData("port = '9092'", "id = '7'")]
    [InlineData("port = ' 9092 '", "id = 0x7")]
    public void Id_and_port_may_be_numbers_or_texts(string port, string id)
    {
        var toml = TestConfig.Smallest.Replace("port = 9092", port, StringComparison.Ordinal)
            .Replace("id = 1", id, StringComparison.Ordinal);

        var config = _testConfig.Load(toml);

        Assert.Equal(["localhost:9092"], config.Kafka.BootstrapServers);
        Assert.Equal(7, config.Project.Id);
    }

    [Fact]
    public void Relative_paths_start_at_the_files_folder_and_a_tilde_is_a_name()
    {
        var absolute = Path.Combine(Path.GetTempPath(), "elsewhere", "key");
        var toml = TestConfig.Tutorial.Replace("verify = false", "verify = '../ca.pem'", StringComparison.Ordinal)
            .Replace("ca_file = 'cert/trustStore.pem'", "ca_file = '~/ca.pem'", StringComparison.Ordinal)
            .Replace("'cert/apiKeyFile'", $"'{absolute}'", StringComparison.Ordinal)
            .Replace("port =", "schema_file = './s.avsc'\nport =", StringComparison.Ordinal);

        var config = _testConfig.Load(toml);

        Assert.Equal(ServerTrust.File(Path.Combine(Path.GetDirectoryName(_testConfig.Folder)!, "ca.pem")), config.Hops.Verify);
        Assert.Equal(Path.Combine(_testConfig.Folder, "~", "ca.pem"), config.Project.CaFile);
        Assert.Equal(absolute, config.Api.KeyFile);
        Assert.Equal(Path.Combine(_testConfig.Folder, "s.avsc"), config.Kafka.SchemaFile);
    }

    [Fact]
    public void A_byte_order_mark_and_Windows_line_endings_change_nothing()
    {
        var toml = TestConfig.Tutorial.ReplaceLineEndings("\r\n");
        byte[] bytes = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(toml)];

        var config = _testConfig.LoadBytes(bytes);

        Assert.Equal("127.0.0.1", config.Hops.Url);
        Assert.Equal("temperature", config.Kafka.Topic);
    }

    [Theory]
    [InlineData("bootstrap_servers = 'a:1, b.c:65535'", new[] { "a:1", "b.c:65535" })]
    [InlineData("bootstrap_servers = ['a:1', '10.0.0.1:2']", new[] { "a:1", "10.0.0.1:2" })]
    [InlineData("bootstrap_servers = '[::1]:9092'", new[] { "[::1]:9092" })]
    [InlineData("port = 1\nbootstrap_servers = 'a:2'", new[] { "a:2" })]
    public void Bootstrap_servers_take_the_place_of_url_and_port(string line, string[] servers)
    {
        var config = _testConfig.Load(TestConfig.Smallest.Replace("port = 9092", line, StringComparison.Ordinal));

        Assert.Equal(servers, config.Kafka.BootstrapServers);
    }

    [Fact]
    public void An_IPv6_address_gets_the_brackets_that_URLs_and_brokers_need()
    {
        var config = _testConfig.Load(TestConfig.Smallest.Replace("localhost", "::1", StringComparison.Ordinal));

        Assert.Equal("[::1]", config.Hops.Url);
        Assert.Equal(["[::1]:9092"], config.Kafka.BootstrapServers);
    }

    [Theory]
    [InlineData("/api/v1", "/api/v1")]
    [InlineData("api/v1/", "/api/v1")]
    [InlineData("/", "")]
    public void The_base_has_a_slash_in_front_and_none_behind(string written, string read)
    {
        var config = _testConfig.Load($"{TestConfig.Smallest}base = '{written}'\n");

        Assert.Equal(read, config.Api.Base);
    }

    [Fact]
    public void Sensors_take_the_place_of_the_tutorials_eight_and_default_to_its_first()
    {
        var config = _testConfig.Load($"""
            {TestConfig.Smallest}
            [[sensor]]
            id = 'a'
            [[sensor]]
            id = 'b'
            baseline = -1
            slope = 0.5
            period = 7.5
            amplitude = 2
            noise = 0
            phase = 3
            """);

        Assert.Equal([SensorShape.Tutorial[0] with { Id = "a" }, new SensorShape("b", -1, 0.5, 7.5, 2, 0, 3)], config.Sensors);
    }

    [Fact]
    public void Inline_tables_and_dotted_keys_say_the_same_as_headers()
    {
        var config = _testConfig.Load("""
            hops = { url = 'localhost' }
            project.id = 1
            project.ca_file = 'ca.pem'
            project.certificate_file = 'client.pem'
            kafka = { topic = 't', schema = 's', port = 9092, consumer = { group.id = 'g' } }
            api.key = 'k'
            sensor = [{ id = 'a' }, { id = 'b', period = 3 }]
            """);

        Assert.Equal("localhost", config.Hops.Url);
        Assert.Equal("g", config.Kafka.GroupId);
        Assert.Equal(["a", "b"], config.Sensors.Select(s => s.Id));
    }

    [Fact]
    public void The_key_wins_over_the_key_file_which_may_be_absent()
    {
        var config = _testConfig.Load($"{TestConfig.Smallest}key = 'from-the-file'\n");

        Assert.Equal("from-the-file", config.Api.ReadKey().Reveal());
    }

    [Fact]
    public void The_key_file_is_read_when_the_key_is_asked_for()
    {
        var config = _testConfig.Load(TestConfig.Smallest);
        File.WriteAllText(Path.Combine(_testConfig.Folder, "key"), "  abc.def\n");

        Assert.Equal("abc.def", config.Api.ReadKey().Reveal());
    }

    [Theory]
    [InlineData(" \n", "is empty")]
    [InlineData("two words", "more than an API key")]
    public void A_key_file_without_one_word_in_it_is_refused(string text, string what)
    {
        var config = _testConfig.Load(TestConfig.Smallest);
        File.WriteAllText(Path.Combine(_testConfig.Folder, "key"), text);

        var error = Assert.Throws<HopsKafkaException>(config.Api.ReadKey);

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }
}
