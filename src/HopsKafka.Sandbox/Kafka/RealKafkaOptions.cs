using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>How to start a real Apache Kafka.</summary>
/// <param name="Home">Folder of an installation of Apache Kafka 4.0 or newer: the one that holds <c>libs/</c>.</param>
/// <param name="Folder">Folder for data, logs and the servers' key. Emptied at each start, if an earlier start made it.</param>
/// <param name="Certificates">The servers' certificate, and the root that clients' certificates must come from.</param>
/// <param name="Brokers">Number of brokers, from 1.</param>
/// <param name="FirstPort">Client port of the first broker, the others follow; 0 for free ones.</param>
/// <param name="Notice">Called with one sentence if a broker ends by itself, on any thread. It must not throw.</param>
internal sealed record RealKafkaOptions(
    string Home,
    string Folder,
    SandboxCertificates Certificates,
    int Brokers = 1,
    int FirstPort = 0,
    Action<string>? Notice = null)
{
    /// <summary>
    /// A second TLS listener for clients, one for each broker in the order of their ids, which advertises another port:
    /// that of a proxy. Empty for none.
    /// </summary>
    public IReadOnlyList<ProxiedListener> ProxiedListeners { get; init; } = [];

    /// <summary>How clients identify themselves: by mutual TLS, or by SASL as this one user.</summary>
    public SecurityOptions Security { get; init; } = SecurityOptions.MutualTls;

    /// <summary>With SASL: whose tokens are accepted as well; null for none.</summary>
    public TokenIssuer? Tokens { get; init; }
}
