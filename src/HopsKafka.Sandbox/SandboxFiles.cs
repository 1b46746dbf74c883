using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox;

/// <summary>Writes what a user of the tutorial has at its end: the export, its PEM form, the API key and config.toml.</summary>
/// <param name="folder">The folder to write to.</param>
/// <param name="protocol">Group protocol of the consumers.</param>
internal sealed class SandboxFiles(SandboxFolder folder, SandboxCertificates certificates, SandboxSchema schema, GroupProtocol protocol)
{
    private readonly Secret _keyPassword = new(RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <summary>Writes the files.</summary>
    public void Write(ApiKey key, string project, int projectId, int port, IEmbeddedKafka kafka)
    {
        folder.Write("cert/keyStore.jks", certificates.KeyStoreJks());
        folder.Write("cert/trustStore.jks", certificates.TrustStoreJks());
        WriteText("cert/password", certificates.Password.Reveal());
        WriteText("cert/keyStore.pem", certificates.KeyStorePem(_keyPassword));
        WriteText("cert/trustStore.pem", certificates.TrustStorePem());
        WriteText("cert/apiKeyFile", key.Token.Reveal());
        WriteText("config.toml", Config(key, project, projectId, port, kafka));
    }

    private string Config(ApiKey key, string project, int projectId, int port, IEmbeddedKafka kafka)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # Written by hops-kafka sandbox. Its secrets are valid while it runs.

            [hops]
            url = 'localhost'
            port = {port}
            verify = 'cert/trustStore.pem'

            [project]
            name = '{project}'
            id = '{projectId}'
            ca_file = 'cert/trustStore.pem'
            {Identity(kafka.Security)}

            [kafka]
            topic = '{HopsworksSandbox.Topic}'
            schema = '{schema.FullName}'
            {Brokers(kafka)}{Sasl(kafka.Security)}

            """);
        if (schema.File is not null)
        {
            text.Append($"schema_file = {TomlText.Of(schema.File)}\n");
        }

        text.Append("\n[kafka.properties]\n");
        text.AppendJoin('\n', EmbeddedClientSettings.Properties);

        text.Append("\n\n[kafka.consumer]\ngroup_id = 'TutorialGroup'\nauto_offset_reset = 'earliest'\n");
        text.AppendJoin('\n', EmbeddedClientSettings.Consumer(protocol, kafka is MockKafka));
        return text.Append(
            $"""


            [api]
            base = '/hopsworks-api/api'
            # The tutorial's scripts read key, these tools read either.
            key = '{key.Token.Reveal()}'
            key_file = 'cert/apiKeyFile'

            """).ToString();
    }

    private string Identity(SecurityOptions security) => security.UsesSasl
        ? "# The brokers know clients by user and password: see [kafka]."
        : $"""
            certificate_file = 'cert/keyStore.pem'
            key_file = 'cert/keyStore.pem'
            key_password = '{_keyPassword.Reveal()}'
            """;

    private static string Sasl(SecurityOptions security) => !security.UsesSasl ? "" : $"""

        security_protocol = '{security.Protocol}'
        sasl_mechanism = '{security.Mechanism}'
        sasl_username = '{security.Username!.Reveal()}'
        sasl_password = '{security.Password!.Reveal()}'
        """;

    private static string Brokers(IEmbeddedKafka kafka) => kafka.Brokers.Count == 1
        ? $"port = '{kafka.Brokers[0].Split(':')[^1]}'"
        : $"bootstrap_servers = '{string.Join(',', kafka.Brokers)}'";

    private void WriteText(string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));
}
