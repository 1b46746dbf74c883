using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigEnvironmentSpecs : IDisposable
{
    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Fact]
    public void Every_key_can_come_from_the_environment_and_wins()
    {
        var config = _testConfig.Load(
            TestConfig.Tutorial,
            ("HOPSKAFKA_HOPS__URL", "h"),
            ("HOPSKAFKA_HOPS__PORT", "8181"),
            ("HOPSKAFKA_HOPS__VERIFY", "true"),
            ("HOPSKAFKA_PROJECT__NAME", "n"),
            ("HOPSKAFKA_PROJECT__ID", "2"),
            ("HOPSKAFKA_PROJECT__CA_FILE", "a"),
            ("HOPSKAFKA_PROJECT__CERTIFICATE_FILE", "b"),
            ("HOPSKAFKA_PROJECT__KEY_FILE", "c"),
            ("HOPSKAFKA_PROJECT__KEY_PASSWORD", "p"),
            ("HOPSKAFKA_KAFKA__TOPIC", "t"),
            ("HOPSKAFKA_KAFKA__SCHEMA", "s"),
            ("HOPSKAFKA_KAFKA__PORT", "1"),
            ("HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS", "x:1,y:2"),
            ("HOPSKAFKA_KAFKA__SCHEMA_FILE", "d"),
            ("HOPSKAFKA_KAFKA__PROPERTIES__SOCKET_TIMEOUT_MS", "5000"),
            ("HOPSKAFKA_KAFKA__PRODUCER__LINGER__MS", "7"),
            ("HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID", "g"),
            ("HOPSKAFKA_API__BASE", "/api"),
            ("HOPSKAFKA_API__KEY", "k"),
            ("HOPSKAFKA_API__KEY_FILE", "f"));

        Assert.Equal(new HopsOptions("h", 8181, ServerTrust.System), config.Hops);
        Assert.Equal(new ProjectOptions("n", 2, Absolute("a"), Absolute("b"), Absolute("c"), new Secret("p")), config.Project);
        Assert.Equal(("t", "s", Absolute("d")), (config.Kafka.Topic, config.Kafka.Schema, config.Kafka.SchemaFile));
        Assert.Equal(["x:1", "y:2"], config.Kafka.BootstrapServers);
        Assert.Equal("5000", config.Kafka.Properties["socket.timeout.ms"]);
        Assert.Equal("7", config.Kafka.Producer["linger.ms"]);
        Assert.Equal("g", config.Kafka.GroupId);
        Assert.Equal(new ApiOptions("/api", new Secret("k"), Absolute("f")) { KeyVariable = "HOPSKAFKA_API__KEY" }, config.Api);
    }

    [Fact]
    public void A_file_may_be_empty_when_the_environment_says_it_all()
    {
        var config = _testConfig.Load(
            "",
            ("HOPSKAFKA_HOPS__URL", "h"),
            ("HOPSKAFKA_PROJECT__ID", "2"),
            ("HOPSKAFKA_PROJECT__CA_FILE", "a"),
            ("HOPSKAFKA_PROJECT__CERTIFICATE_FILE", "b"),
            ("HOPSKAFKA_KAFKA__TOPIC", "t"),
            ("HOPSKAFKA_KAFKA__SCHEMA", "s"),
            ("HOPSKAFKA_KAFKA__PORT", "1"),
            ("HOPSKAFKA_API__KEY", "k"));

        Assert.Equal(["h:1"], config.Kafka.BootstrapServers);
    }

    [Fact]
    public void A_variable_overrides_what_is_wrong_in_the_file()
    {
        var toml = TestConfig.Smallest.Replace("port = 9092", "port = 'x'", StringComparison.Ordinal);

        var config = _testConfig.Load(toml, ("HOPSKAFKA_KAFKA__PORT", "9093"));

        Assert.Equal(["localhost:9093"], config.Kafka.BootstrapServers);
    }

    [Theory]
    [InlineData("linger.ms = 1")]
    [InlineData("linger_ms = 1")]
    [InlineData("queue.buffering.max.ms = 1")]
    public void A_variable_wins_over_every_spelling_of_a_property(string line)
    {
        var toml = $"{TestConfig.Smallest}[kafka.producer]\n{line}\n";

        var config = _testConfig.Load(toml, ("HOPSKAFKA_KAFKA__PRODUCER__LINGER_MS", "2"));

        Assert.Equal("2", config.Kafka.Producer["linger.ms"]);
    }

    [Fact]
    public void Sensors_are_counted_from_0_and_the_next_number_adds_one()
    {
        var toml = $"{TestConfig.Smallest}\n[[sensor]]\nid = 'a'\n";

        var config = _testConfig.Load(
            toml, ("HOPSKAFKA_SENSOR__0__BASELINE", "1.5"), ("HOPSKAFKA_SENSOR__1__ID", "b"), ("HOPSKAFKA_SENSOR__1__NOISE", "0"));

        var standard = SensorShape.Tutorial[0];
        Assert.Equal([standard with { Id = "a", Baseline = 1.5 }, standard with { Id = "b", Noise = 0 }], config.Sensors);
    }

    [Fact]
    public void Variables_without_the_prefix_are_ignored()
    {
        var config = _testConfig.Load(TestConfig.Smallest, ("KAFKA_HOME", "/x"), ("HOPSKAFKA", "y"));

        Assert.Equal("localhost", config.Hops.Url);
    }

    [Theory]
    [InlineData("HOPSKAFKA_KAFKA__PORT", "", ": [kafka] port is empty; set HOPSKAFKA_KAFKA__PORT=9092")]
    [InlineData("HOPSKAFKA_KAFKA__PORT", "0", ": [kafka] port must be a number from 1 to 65535; set HOPSKAFKA_KAFKA__PORT=9092")]
    [InlineData("HOPSKAFKA_KAFKA__TOPIC", "", ": [kafka] topic is empty; set HOPSKAFKA_KAFKA__TOPIC=temperature")]
    [InlineData("HOPSKAFKA_API__KEY", "", ": [api] key is empty; set HOPSKAFKA_API__KEY=your-api-key")]
    [InlineData("HOPSKAFKA_API__KYE", "s3cret", ": no such setting; did you mean HOPSKAFKA_API__KEY?")]
    [InlineData("HOPSKAFKA_API_KEY", "s3cret", ": no such setting; did you mean HOPSKAFKA_API__KEY?")]
    [InlineData("HOPSKAFKA_WHATEVER", "s3cret", ": no such setting; a name is HOPSKAFKA_, the table, two underscores and the key")]
    [InlineData("HOPSKAFKA_SENSOR__1__ID", "x", ": there are 0 sensors, counted from 0; the next is HOPSKAFKA_SENSOR__0__ID")]
    [InlineData("HOPSKAFKA_SENSOR__0__FASE", "1", ": no such setting; did you mean HOPSKAFKA_SENSOR__0__PHASE?")]
    [InlineData("HOPSKAFKA_SENSOR__0__BASELINE", "1", ": [[sensor]] id is missing; set HOPSKAFKA_SENSOR__0__ID=sensor0")]
    [InlineData("HOPSKAFKA_KAFKA__PRODUCER__LINGER_SM", "1", ": librdkafka has no property linger_sm; did you mean HOPSKAFKA_KAFKA__PRODUCER__LINGER_MS?")]
    [InlineData("HOPSKAFKA_KAFKA__PRODUCER__LINGER_MS", "soon", ": linger_ms = 'soon' is not accepted by librdkafka (Invalid value")]
    [InlineData("HOPSKAFKA_KAFKA__PRODUCER__GROUP_INSTANCE_ID", "x", ": group_instance_id is only for the consumer; set HOPSKAFKA_KAFKA__CONSUMER__GROUP_INSTANCE_ID")]
    [InlineData("HOPSKAFKA_KAFKA__PRODUCER", "x", ": no such setting")]
    public void An_error_of_a_variable_names_it_instead_of_a_place(string name, string value, string expected)
    {
        var error = _testConfig.Error(TestConfig.Smallest, (name, value));

        Assert.StartsWith($"{name}{expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_variables_for_one_setting_are_an_error()
    {
        var error = _testConfig.Error(TestConfig.Smallest, ("HOPSKAFKA_KAFKA__TOPIC", "a"), ("hopskafka_kafka__topic", "b"));

        Assert.Equal("hopskafka_kafka__topic: HOPSKAFKA_KAFKA__TOPIC sets the same; keep one of the two", error);
    }

    private string Absolute(string name) => Path.Combine(_testConfig.Folder, name);
}
