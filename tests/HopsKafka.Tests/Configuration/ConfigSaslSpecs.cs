using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;

namespace HopsKafka.Tests.Configuration;

/// <summary>SASL in config.toml: what is read, what clients get, what is refused.</summary>
public sealed class ConfigSaslSpecs : IDisposable
{
    private const string Login = "security_protocol = 'sasl_ssl'\nsasl_mechanism = 'SCRAM-SHA-512'\nsasl_username = 'alice'\nsasl_password = 'hunter2'\n";

    private readonly TestConfig _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(Login, "")]
    [InlineData("security_protocol = 'SASL_SSL'\nsasl_mechanism = 'scram-sha-512'\nsasl_username = 'alice'\nsasl_password = 'hunter2'\n", "")]
    [InlineData("", "[kafka.properties]\nsecurity.protocol = 'sasl_ssl'\nsasl_mechanisms = 'SCRAM-SHA-512'\nsasl.username = 'alice'\nsasl.password = 'hunter2'\n")]
    [InlineData("security_protocol = 'sasl_ssl'\n", "[kafka.properties]\nsasl.mechanism = 'SCRAM-SHA-512'\nsasl.username = 'alice'\nsasl.password = 'hunter2'\n")]
    public void A_login_needs_neither_key_nor_CAs_and_reaches_every_client(string keys, string properties)
    {
        var config = _bench.Load(With(keys, certificates: "") + properties);
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);

        var clients = new Confluent.Kafka.ClientConfig[]
        {
            KafkaClientConfig.Producer(config, certificates),
            KafkaClientConfig.Consumer(config, certificates, "g"),
            KafkaClientConfig.ForProducer(config, certificates),
            KafkaClientConfig.ForConsumer(config, certificates, "g"),
            KafkaClientConfig.ForAdmin(config, certificates),
        };

        Assert.All(clients, client => Assert.Equal(
            (Confluent.Kafka.SecurityProtocol.SaslSsl, Confluent.Kafka.SaslMechanism.ScramSha512, "alice", "hunter2"),
            (client.SecurityProtocol, client.SaslMechanism, client.SaslUsername, client.SaslPassword)));
        Assert.All(clients, client => Assert.DoesNotContain(client, setting => setting.Key.StartsWith("ssl.", StringComparison.Ordinal)));
        Assert.DoesNotContain("hunter2", $"{config} {config.Kafka} {config.Kafka.Security}", StringComparison.Ordinal);
        Assert.DoesNotContain("alice", $"{config} {config.Kafka} {config.Kafka.Security}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_wins_over_the_key_and_over_the_property()
    {
        (string, string) variable = ("HOPSKAFKA_KAFKA__SASL_PASSWORD", "other");
        var key = _bench.Load(With(Login, ""), variable);
        var property = _bench.Load(
            With(Login.Replace("sasl_password = 'hunter2'\n", "", StringComparison.Ordinal), "") + "[kafka.properties]\nsasl.password = 'hunter2'\n", variable);
        var reverse = _bench.Load(With(Login, ""), ("HOPSKAFKA_KAFKA__PROPERTIES__SASL_PASSWORD", "other"));

        Assert.All([key, property, reverse], config => Assert.Equal("other", config.Kafka.Security.Password!.Reveal()));
        Assert.All([key, property, reverse], config => Assert.Equal("other", KafkaClientConfig.ForAdmin(config, ProjectCertificates.None).SaslPassword));
    }

    [Fact]
    public void Tokens_need_no_password_and_a_way_to_get_them()
    {
        const string Keys = "security_protocol = 'sasl_ssl'\nsasl_mechanism = 'OAUTHBEARER'\n";
        var without = _bench.Load(With(Keys, ""));
        const string Method = "[kafka.properties]\nsasl.oauthbearer.method = 'oidc'\nsasl.oauthbearer.client.id = 'sensors'\n";
        const string Rest = "sasl.oauthbearer.token.endpoint.url = 'https://localhost/token'\nsasl.oauthbearer.client.secret = 'hunter2'\n";
        var partly = _bench.Load(With(Keys, "") + Method);
        var with = _bench.Load(With(Keys, "") + Method + Rest);

        var error = Assert.Throws<HopsKafkaException>(() => Build(without));
        var missing = Assert.Throws<HopsKafkaException>(() => Build(partly));

        Assert.Contains("SASL mechanism OAUTHBEARER has no way to get a token.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": sasl.oauthbearer.token.endpoint.url and sasl.oauthbearer.client.secret are missing.", missing.Message, StringComparison.Ordinal);
        Assert.Equal(1, Build(with));

        static int Build(HopsKafkaConfig config) => KafkaClientConfig.Build(config, new NoticeLogger(_ => { }), () => 1);
    }

    [Theory]
    [InlineData("security_protocol = 'sasl_plaintext'", "config.toml(13,21): [kafka] security_protocol must be ssl, sasl_ssl or plaintext; write security_protocol = 'sasl_ssl'")]
    [InlineData("security_protocol = 'sasl_ssl'\nsasl_mechanism = 'GSSAPI'", "this librdkafka has no Kerberos (GSSAPI); write sasl_mechanism = 'SCRAM-SHA-512'")]
    [InlineData("security_protocol = 'sasl_ssl'\nsasl_mechanism = 'SCRAM-SHA-1'", "must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER; write sasl_mechanism =")]
    [InlineData("security_protocol = 'sasl_ssl'\nsasl_mechanism = 'OAUTHBEARER'\nsasl_password = 'hunter2'", "sasl_password has no effect with sasl_mechanism = 'OAUTHBEARER', which logs in with a token; leave it out")]
    [InlineData("sasl_user = 'hunter2'", "[kafka] has no key sasl_user; did you mean sasl_username?")]
    [InlineData("security_protocol = 'sasl_ssl'", "[kafka] sasl_mechanism is missing; write sasl_mechanism = 'SCRAM-SHA-512', or set HOPSKAFKA_KAFKA__SASL_MECHANISM")]
    [InlineData("security_protocol = 'sasl_ssl'\nsasl_mechanism = 'PLAIN'\nsasl_password = 'hunter2'", "[kafka] sasl_username is missing")]
    [InlineData("security_protocol = 'sasl_ssl'\nsasl_mechanism = 'PLAIN'\nsasl_username = 'hunter2'", "[kafka] sasl_password is missing")]
    [InlineData("sasl_password = 'hunter2'", "config.toml(13,1): [kafka] sasl_password has no effect without security_protocol = 'sasl_ssl'")]
    [InlineData("sasl_password = ['hunter2']", "[kafka] sasl_password has no effect without security_protocol = 'sasl_ssl'")]
    [InlineData("sasl_pasword = 'hunter2'", "did you mean sasl_password?")]
    [InlineData(Login + "[kafka.properties]\nsasl.password = 'hunter2'", "[kafka] sasl_password and sasl.password in [kafka.properties] set the same; keep one of the two")]
    [InlineData("[kafka.properties]\nsecurity.protocol = 'sasl_plaintext'", "SASL without TLS would show others the password")]
    [InlineData("[kafka.properties]\nsasl.mechanism = 'GSSAPI'", "this librdkafka has no Kerberos (GSSAPI)")]
    public void A_wrong_login_is_named_and_no_value_repeated(string keys, string message)
    {
        var error = _bench.Error(With(keys + "\n", "ca_file = 'ca.pem'\ncertificate_file = 'client.pem'\n"));

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "[project] has neither certificate_file nor keystore")]
    [InlineData(Login, "key_file = 'key.pem'\n", "[project] has neither certificate_file nor keystore")]
    [InlineData(Login, "store_password = 'hunter2'\n", "[project] store_password has no effect without keystore or truststore")]
    public void Half_of_the_certificates_is_an_error(string keys, string certificates, string message)
    {
        var error = _bench.Error(With(keys, certificates));

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static string With(string keys, string certificates) =>
        $"[hops]\nurl = 'localhost'\n[project]\nid = 1\n{certificates}[api]\nkey_file = 'key'\n[kafka]\ntopic = 't'\nschema = 's'\nport = 9092\n{keys}";
}
