using System.Text;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tool.Init;

/// <summary>The lines of config.toml that depend on whose Kafka cluster it is.</summary>
/// <param name="own">The cluster that the organization brought itself; null for Hopsworks'.</param>
internal sealed class OwnKafkaText(OwnKafka? own)
{
    /// <summary>Where the secrets are, as a sentence.</summary>
    public string Secrets => own is { Security.UsesSasl: true }
        ? "It holds the password of the Kafka cluster; other secrets are in cert/."
        : "It holds no secret: those are in cert/.";

    /// <summary>The certificates of <c>[project]</c>.</summary>
    public string Certificates() => own is null
        ? """
            # Your certificates in this project. The key is not encrypted: the file is readable for you alone.
            ca_file = 'cert/trustStore.pem'
            certificate_file = 'cert/keyStore.pem'
            """
        : $"""
            # The Kafka cluster is not Hopsworks' own, so the project's certificates are unknown there.
            # PEM file with the CAs of the brokers.{(own.Security.NeedsCertificate ? "" : " Default: the CAs of the system.")}
            # ca_file = 'ca.pem'
            # PEM file with your certificate and key{(own.Security.NeedsCertificate ? "." : ", if the brokers request one as well.")}
            # certificate_file = 'client.pem'
            """;

    /// <summary>The lines of <c>[kafka]</c>, each after a line break.</summary>
    public string Security()
    {
        if (own is null or { Settings.Count: 0 })
        {
            return "";
        }

        var text = new StringBuilder("\n# How clients log in to this cluster.");
        foreach (var (name, value) in own.Settings)
        {
            Add(text, name, value);
        }

        return text.ToString();
    }

    /// <summary>The lines of <c>[kafka.properties]</c>.</summary>
    public string Properties()
    {
        var text = new StringBuilder(own is { ChecksNames: false }
            ? "# The connector turns off the check of the brokers' names. Their chain is still checked.\nssl.endpoint.identification.algorithm = 'none'"
            : "# When the brokers' certificates lack their host names (older clusters), this turns off that one check. The chain is still checked.\n"
                + "# ssl.endpoint.identification.algorithm = 'none'");
        foreach (var (name, value) in own?.Properties ?? new Dictionary<string, string>())
        {
            Add(text, name, value);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string value) => text.Append($"\n{name} = {TomlText.Of(value)}");
}
