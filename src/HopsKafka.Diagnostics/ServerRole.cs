using System.Text;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The kind of a server, and its settings.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Trust">The setting with its trusted CAs.</param>
/// <param name="TrustRemedy">The remedy if its certificate is not trusted.</param>
/// <param name="NameRemedy">The remedy if its certificate is for other names.</param>
/// <param name="Client">The settings with the client certificate.</param>
/// <param name="FirstRequest">The first request of a probe.</param>
/// <param name="IsExpected">Whether the first bytes of a response are of the expected protocol.</param>
internal sealed record ServerRole(
    string Name,
    string Address,
    string Trust,
    string TrustRemedy,
    string NameRemedy,
    string Client,
    Func<ServerAddress, byte[]> FirstRequest,
    Func<byte[], bool> IsExpected)
{
    public static ServerRole Broker { get; } = new(
        "Kafka broker",
        "[hops] url and [kafka] port, or bootstrap_servers",
        "[project] ca_file",
        "Set [project] ca_file to the CA of this cluster: trustStore.pem of an export from the Hopsworks that the broker belongs to.",
        "Use one of these names in [kafka] bootstrap_servers, or disable only this check (the chain is still verified): "
        + "[kafka.properties] ssl_endpoint_identification_algorithm = 'none'",
        "[project] certificate_file and key_file",
        _ => KafkaWire.ApiVersionsRequest,
        start => KafkaWire.IsKafkaResponse(start));

    /// <summary>A broker, with the settings of a configuration.</summary>
    public static ServerRole BrokerOf(HopsKafkaConfig config) => BrokerOf(config.Project) is var role && config.Kafka.Security.UsesSasl
        ? role with { TrustRemedy = $"Set {role.Trust} to the CA of this Kafka cluster." }
        : role;

    private static ServerRole BrokerOf(ProjectOptions project) => Broker with
    {
        Trust = project.TrustStore is null ? Broker.Trust : "[project] truststore",
        TrustRemedy = project.TrustStore is null
            ? Broker.TrustRemedy
            : "Set [project] truststore to that of this cluster: trustStore.jks of an export from the Hopsworks that the broker belongs to.",
        Client = project.KeyStore is null ? Broker.Client : "[project] keystore",
    };

    /// <summary>The server that issues tokens for OAUTHBEARER.</summary>
    public static ServerRole TokenServer { get; } = new(
        "token server",
        "[kafka.properties] sasl.oauthbearer.token.endpoint.url",
        "[kafka.properties] https.ca.location",
        "Set [kafka.properties] https.ca.location to a PEM file with the CA that issued it.",
        "Use one of these names in [kafka.properties] sasl.oauthbearer.token.endpoint.url.",
        "",
        HttpRequest,
        IsHttp);

    public static ServerRole Registry { get; } = new(
        "REST API",
        "[hops] url and port",
        "[hops] verify",
        "Set [hops] verify to a PEM file with the CA that issued it; verify = false accepts anything, for testing only.",
        "Set [hops] url to one of these names, or ask the administrator of Hopsworks for a certificate with the right name.",
        "",
        HttpRequest,
        IsHttp);

    private static byte[] HttpRequest(ServerAddress server) => Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n");

    private static bool IsHttp(byte[] start) => start.AsSpan().StartsWith("HTTP/"u8);
}
