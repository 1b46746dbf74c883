using System.Reflection;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.Tests.EndToEnd;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Tests.Connections;

/// <summary>Errors of a connection from options name the option; a key of config.toml would send the reader to a file that is not there.</summary>
public sealed class OptionNamesSpecs(SharedSandbox sandbox)
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "key", "Check ApiKey: " },
        { "two keys", "ApiKey (ApiKeyFile is ignored while it is set)" },
        { "key file", "Write the API key to it, or set ApiKey." },
        { "port", "Check Host and Port" },
        { "base", "check Host, Port, ApiBase and ProjectId" },
        { "project", "Check Project or ProjectId" },
        { "project id", "Check the id in ProjectId" },
        { "system's CAs", "Set ServerCaFile to a PEM file with the CA that issued it; AcceptAnyServerCertificate accepts anything" },
        { "CA file", "of ServerCaFile" },
        { "brokers' CAs", "Certificates.CaFile" },
        { "key password", "Set Certificates.KeyPassword." },
        { "wrong key password", "Correct Certificates.KeyPassword: " },
        { "certificate", "(Certificates.CertificateFile)" },
        { "store password", "Certificates.StorePassword or StorePasswordFile" },
    };

    private HopsworksSandbox Server => sandbox.User.Sandbox;

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task An_error_names_the_option(string mistake, string expected)
    {
        var options = HopsworksConnectionSpecs.KeyAlone(Server);
        options.MaxAttempts = 1;
        Break(options, mistake);

        var error = (IHopsKafkaError)(await Assert.ThrowsAnyAsync<Exception>(() => HopsworksConnection.OpenAsync(options)));

        var text = $"{error.Message}\n{error.Remedy}";
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\[(hops|api|project|kafka)|config\.toml|HOPSKAFKA_|verify = ", text);
    }

    [Fact]
    public async Task Properties_that_librdkafka_refuses_are_those_of_the_options()
    {
        var options = HopsworksConnectionSpecs.KeyAlone(Server);
        options.Properties["socket.timeout.ms"] = "soon";
        await using var hops = await HopsworksConnection.OpenAsync(options);

        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => hops.ConsumerGroups.ListAsync());

        Assert.Equal("Correct the properties of Properties, Producer or Consumer.", error.Remedy);
    }

    [Fact]
    public void Each_setting_has_another_name_in_options_than_in_the_file()
    {
        var names = typeof(SettingNames).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string)).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.DoesNotContain("[", (string)name.GetValue(SettingNames.Options)!, StringComparison.Ordinal));
        Assert.All(names, name => Assert.NotEqual(name.GetValue(SettingNames.ConfigFile), name.GetValue(SettingNames.Options)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_not_checked_is_warned_of_once(bool fromFile)
    {
        var options = fromFile ? new HopsworksOptions { ConfigFile = await UncheckedFileAsync() } : HopsworksConnectionSpecs.KeyAlone(Server);
        (options.AcceptAnyServerCertificate, options.ServerCaFile) = (!fromFile, null);
        var warnings = new List<string>();
        await using var hops = await HopsworksConnection.OpenAsync(options, new NoticeLogger(warnings.Add, LogLevel.Warning));

        await hops.Topics.GetTopicsAsync();
        await hops.SchemaRegistry.GetAllSubjectsAsync();

        var setting = fromFile ? "verify = false" : "AcceptAnyServerCertificate";
        Assert.Equal([$"{setting}: the certificate of localhost is not checked, so a machine in the middle could read the API key."], warnings.Where(w => w.Contains("certificate", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_is_checked_is_not_warned_of()
    {
        var warnings = new List<string>();
        await using var hops = await HopsworksConnection.OpenAsync(HopsworksConnectionSpecs.KeyAlone(Server), new NoticeLogger(warnings.Add, LogLevel.Warning));

        Assert.DoesNotContain(warnings, warning => warning.Contains("is not checked", StringComparison.Ordinal));
    }

    private void Break(HopsworksOptions options, string mistake)
    {
        var certificates = new HopsworksCertificateOptions { CertificateFile = InFolder("cert/keyStore.pem"), CaFile = InFolder("cert/trustStore.pem") };
        Action change = mistake switch
        {
            "key" => () => options.ApiKey = "wrong.key",
            "two keys" => () => (options.ApiKey, options.ApiKeyFile) = ("wrong.key", InFolder("cert/apiKeyFile")),
            "key file" => () => (options.ApiKey, options.ApiKeyFile) = (null, "no-such-file"),
            "port" => () => options.Port = 1,
            "base" => () => options.ApiBase = "/elsewhere",
            "project" => () => options.Project = "other",
            "project id" => () => (options.Project, options.ProjectId) = (null, 12345),
            "system's CAs" => () => options.ServerCaFile = null,
            "CA file" => () => options.ServerCaFile = "no-such-file",
            "brokers' CAs" => () => options.Certificates = new HopsworksCertificateOptions
            {
                KeyStore = InFolder("cert/keyStore.jks"), StorePasswordFile = InFolder("cert/password"), CaFile = "no-such-file",
            },
            "key password" => () => options.Certificates = certificates,
            "wrong key password" => () => (certificates.KeyPassword, options.Certificates) = ("wrong", certificates),
            "certificate" => () => (certificates.CertificateFile, options.Certificates) = (InFolder("cert/password"), certificates),
            "store password" => () => options.Certificates = new HopsworksCertificateOptions { KeyStore = InFolder("cert/keyStore.jks"), CaFile = certificates.CaFile },
            _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, null),
        };
        change();
    }

    private string InFolder(string path) => Path.Combine(Server.Folder, path);

    private async Task<string> UncheckedFileAsync()
    {
        var file = InFolder("unchecked.toml");
        var text = await File.ReadAllTextAsync(Server.ConfigFile);
        await File.WriteAllTextAsync(file, System.Text.RegularExpressions.Regex.Replace(text, "(?m)^verify = .*$", "verify = false"));
        return file;
    }
}
