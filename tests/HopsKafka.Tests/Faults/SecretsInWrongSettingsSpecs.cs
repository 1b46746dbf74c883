using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>No secret is shown for a wrong setting.</summary>
[Trait("Category", "Slow")]
public sealed class SecretsInWrongSettingsSpecs(SandboxFixture sandbox) : SecretsInFaultsSpecs(sandbox)
{
    [Theory]
    [InlineData("PROJECT__STORE_PASSWORD", Password, "")]
    [InlineData("PROJECT__KEY_PASSWORD", Password, "")]
    [InlineData("KAFKA__SASL_PASSWORD", Password, "")]
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

        await AssertNoneRevealsSecretsAsync(User, concerns == "REST" ? s_ofRest : concerns == "Kafka" ? s_ofKafka : s_ofFiles, [.. environment]);
    }
}
