using HopsKafka.Configuration;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigSecretSpecs : IDisposable
{
    private const string Hidden = "hunter2";

    private readonly ConfigBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_configuration_prints_its_settings_and_no_secret()
    {
        var config = _bench.Load($"""
            {ConfigBench.Smallest}
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
        var error = _bench.Error($"{ConfigBench.Smallest}{lines}\n");

        Assert.Matches(@"^config\.toml\(\d+,\d+\): ", error);
        Assert.DoesNotContain(Hidden, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unable to parse the date time/offset `hunter2`", "broken TOML: Unable to parse the date time/offset …")]
    [InlineData("Unexpected token [hunter2] found", "broken TOML: Unexpected token … found")]
    [InlineData("Unexpected token `a\nhunter2` (token: `string`) here", "broken TOML: Unexpected token … (token: `string`) here")]
    public void A_complaint_of_the_parser_loses_what_it_quotes_of_the_file(string complaint, string expected)
    {
        var described = TomlComplaint.Describe(complaint);

        Assert.Equal(expected, described);
    }

    [Fact]
    public void A_wrong_type_of_a_secret_names_the_type_only()
    {
        var error = _bench.Error($"{ConfigBench.Smallest}key = 4711\n");

        Assert.Equal("config.toml(13,7): [api] key is a whole number; write key = 'your-api-key'", error);
    }

    [Fact]
    public void A_host_with_a_password_in_it_is_not_repeated()
    {
        var toml = ConfigBench.Smallest.Replace("localhost", $"https://me:{Hidden}@h.org/", StringComparison.Ordinal);

        var error = _bench.Error(toml);

        Assert.EndsWith("write url = 'h.org'", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, error, StringComparison.Ordinal);
    }
}
