using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigSecretSpecs : IDisposable
{
    private const string Hidden = "hunter2";

    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Fact]
    public void A_configuration_prints_its_settings_and_no_secret()
    {
        var config = _testConfig.Load($"""
            {TestConfig.Smallest}
            key = '{Hidden}'
            [kafka.properties]
            sasl.password = '{Hidden}'
            sasl_username = '{Hidden}'
            sasl.oauthbearer.client.credentials.client.secret = '{Hidden}'
            client.id = 'shown'
            """,
            ("HOPSKAFKA_PROJECT__KEY_PASSWORD", Hidden));

        var printed = $"{config} {config.Kafka} {config.Api} {config.Project}";

        Assert.DoesNotContain(Hidden, printed, StringComparison.Ordinal);
        Assert.Contains("sasl.password=***", printed, StringComparison.Ordinal);
        Assert.Contains("client.id=shown", printed, StringComparison.Ordinal);
        Assert.Equal(Hidden, config.Kafka.Properties["sasl.password"]);
    }

    [Theory]
    [InlineData("key = hunter2")]
    [InlineData("key = hunter2.hunter2")]
    [InlineData("key = 'hunter2")]
    [InlineData("key = \"hunter2\\q\"")]
    [InlineData("key = \"\"\"hunter2")]
    [InlineData("key 'hunter2'")]
    [InlineData("key: hunter2")]
    [InlineData("key = 'x' hunter2")]
    [InlineData("key = 'x' 'hunter2'")]
    [InlineData("key = ['hunter2' 'hunter2'")]
    [InlineData("key = { a = 'hunter2' b }")]
    [InlineData("key = 2021-13-01hunter2")]
    [InlineData("key = 'hunter2'\nkey = 'hunter2'")]
    [InlineData("key = 'hunter2'\n[api.key]")]
    [InlineData("key = ['hunter2']")]
    [InlineData("key = { hunter = 'hunter2' }")]
    [InlineData("key = 'hunter2 hunter2'")]
    [InlineData("key = \"hunter2\\n\\u0007\"\n")]
    [InlineData("'hunter2'")]
    [InlineData("[kafka.properties]\nsasl.password = ['hunter2']")]
    [InlineData("[kafka.properties]\nsasl.password = 'hunter2'\nsasl_password = 'hunter2'")]
    [InlineData("[kafka.properties]\nssl.key.password = 'hunter2'")]
    [InlineData("[kafka.properties]\nssl.key.pem = 'hunter2'")]
    [InlineData("[kafka.properties]\nsasl.pasword = 'hunter2'")]
    public void No_error_repeats_a_secret(string lines)
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}{lines}\n");

        Assert.Matches(@"^config\.toml\(\d+,\d+\): ", error);
        Assert.DoesNotContain(Hidden, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unable to parse the date time/offset `hunter2`", "broken TOML: Unable to parse the date time/offset …")]
    [InlineData("Unexpected token [hunter2] found", "broken TOML: Unexpected token … found")]
    [InlineData("Unexpected token `a\nhunter2` (token: `string`) here", "broken TOML: Unexpected token … (token: `string`) here")]
    public void A_complaint_of_the_parser_loses_what_it_quotes_of_the_file(string complaint, string expected)
    {
        var described = TomlErrorText.Describe(complaint);

        Assert.Equal(expected, described);
    }

    [Fact]
    public void A_wrong_type_of_a_secret_names_the_type_only()
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}key = 4711\n");

        Assert.Equal("config.toml(13,7): [api] key is a whole number; write key = 'your-api-key'", error);
    }

    [Theory]
    [InlineData("port = 9092", "bootstrap_servers = 'me:hunter2@h:1'")]
    [InlineData("port = 9092", "bootstrap_servers = 'h:1,hunter2'")]
    [InlineData("port = 9092", "bootstrap_servers = ['hunter2']")]
    [InlineData("port = 9092", "port = 'hunter2'")]
    [InlineData("id = 1", "id = 'hunter2'")]
    [InlineData("topic = 't'", "topic = 'hunter2!'")]
    [InlineData("[api]", "[kafka.properties]\nstatistics_interval_ms = 'http://me:hunter2@h'\n[api]")]
    public void A_secret_in_the_wrong_place_is_not_repeated(string from, string to)
    {
        var error = _testConfig.Error(TestConfig.Smallest.Replace(from, to, StringComparison.Ordinal));

        Assert.Matches(@"^config\.toml\(\d+,\d+\): ", error);
        Assert.DoesNotContain(Hidden, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2", " holds no such file")]
    [InlineData("missing/hunter2", " holds no such folder")]
    [InlineData("missing/deeper/hunter2", " holds no such folder")]
    public void A_secret_in_place_of_its_file_is_not_repeated(string path, string shown)
    {
        var config = _testConfig.Load(TestConfig.Smallest
            .Replace("'key'", $"'{path}'", StringComparison.Ordinal)
            .Replace("certificate_file = 'client.pem'", $"keystore = 'k.jks'\nstore_password_file = '{path}'", StringComparison.Ordinal));
        var misplaced = _testConfig.Load(TestConfig.Smallest.Replace("'client.pem'", $"'client.pem'\nkey_file = '{path}'", StringComparison.Ordinal));
        var store = _testConfig.Load(TestConfig.Smallest.Replace("certificate_file = 'client.pem'", $"keystore = '{path}'", StringComparison.Ordinal));

        HopsKafkaException[] errors =
        [
            Assert.Throws<HopsKafkaException>(config.Api.ReadKey),
            Assert.Throws<HopsKafkaException>(config.Project.KeyStoreSource),
            Assert.Throws<HopsKafkaException>(() => StoreFile.Bytes(misplaced.Project.KeyFile!, "[project] key_file")),
            Assert.Throws<HopsKafkaException>(() => StoreFile.Open(store.Project.KeyStoreSource()!)),
            Assert.Throws<HopsKafkaException>(() => ApiOptions.ReadFile(Path.GetFullPath(path, _testConfig.Folder), "--api-key-file", "Write it.")),
        ];

        Assert.All(errors, error =>
        {
            Assert.Equal(ExitCode.Usage, error.ExitCode);
            Assert.Contains($" cannot be read: {_testConfig.Folder}{shown}.", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Hidden, $"{error.Message} {error.Remedy}", StringComparison.Ordinal);
            Assert.DoesNotContain("missing", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_secret_that_is_too_long_for_a_file_name_is_not_repeated()
    {
        var secret = string.Concat(Enumerable.Repeat(Hidden, 100));

        var error = Assert.Throws<HopsKafkaException>(() => ApiOptions.ReadFile(Path.GetFullPath(secret, _testConfig.Folder), "--api-key-file", "Write it."));

        Assert.DoesNotContain(Hidden, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_with_a_password_in_it_is_not_repeated()
    {
        var toml = TestConfig.Smallest.Replace("localhost", $"https://me:{Hidden}@h.org/", StringComparison.Ordinal);

        var error = _testConfig.Error(toml);

        Assert.EndsWith("write url = 'h.org'", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, error, StringComparison.Ordinal);
    }
}
