using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Configuration;

/// <summary>Key stores in place of PEM files.</summary>
public sealed class ConfigStoreSpecs : IDisposable
{
    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Fact]
    public void The_stores_of_the_export_take_the_place_of_the_pem_files()
    {
        var config = _testConfig.Load(With("keystore = 'k.jks'\ntruststore = 't.jks'\nstore_password_file = 'pw'\nkey_alias = 'Me'"));

        Assert.Equal(
            new ProjectOptions(null, 1, null, null, null, null)
            {
                KeyStore = Absolute("k.jks"), TrustStore = Absolute("t.jks"), StorePasswordFile = Absolute("pw"), KeyAlias = "Me",
            },
            config.Project);
        Assert.Equal((Absolute("k.jks"), Absolute("t.jks")), (config.Project.ClientSource, config.Project.TrustSource));
    }

    [Theory]
    [InlineData("keystore = 'k'\nca_file = 'c'\nstore_password = 'p'", "k", "c")]
    [InlineData("certificate_file = 'c'\ntruststore = 't'\nstore_password = 'p'", "c", "t")]
    public void A_store_goes_with_a_pem_file(string lines, string client, string trust)
    {
        var project = _testConfig.Load(With(lines)).Project;

        Assert.Equal((Absolute(client), Absolute(trust)), (project.ClientSource, project.TrustSource));
        Assert.Equal(new Secret("p"), project.StorePassword);
    }

    [Fact]
    public void Stores_can_come_from_the_environment_and_win_over_the_pem_files_of_the_file()
    {
        var project = _testConfig.Load(
            TestConfig.Tutorial,
            ("HOPSKAFKA_PROJECT__KEYSTORE", "k"),
            ("HOPSKAFKA_PROJECT__TRUSTSTORE", "t"),
            ("HOPSKAFKA_PROJECT__STORE_PASSWORD", "p"),
            ("HOPSKAFKA_PROJECT__KEY_ALIAS", "a")).Project;

        Assert.Equal((Absolute("k"), Absolute("t"), "a"), (project.KeyStore, project.TrustStore, project.KeyAlias));
        Assert.Equal((null, null, null), (project.CaFile, project.CertificateFile, project.KeyFile));
    }

    [Fact]
    public void Pem_files_of_the_environment_win_over_the_stores_of_the_file()
    {
        var project = _testConfig.Load(
            With("keystore = 'k'\ntruststore = 't'\nstore_password = 'p'\nkey_alias = 'a'"),
            ("HOPSKAFKA_PROJECT__CERTIFICATE_FILE", "c"),
            ("HOPSKAFKA_PROJECT__CA_FILE", "ca")).Project;

        Assert.Equal((Absolute("c"), Absolute("c"), Absolute("ca")), (project.CertificateFile, project.KeyFile, project.CaFile));
        Assert.Equal((null, null), (project.KeyStore, project.TrustStore));
    }

    [Fact]
    public void The_password_of_the_stores_is_not_printed()
    {
        var project = _testConfig.Load(With("keystore = 'k'\ntruststore = 't'\nstore_password = 'hunter2'")).Project;

        Assert.DoesNotContain("hunter2", $"{project} {project.KeyStoreSource()}", StringComparison.Ordinal);
    }

    private static string With(string lines)
    {
        const string Files = "ca_file = 'ca.pem'\ncertificate_file = 'client.pem'";
        var toml = TestConfig.Smallest.ReplaceLineEndings("\n");
        Assert.Contains(Files, toml, StringComparison.Ordinal);
        return toml.Replace(Files, lines, StringComparison.Ordinal);
    }

    private string Absolute(string name) => Path.Combine(_testConfig.Folder, name);
}
