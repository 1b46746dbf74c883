using System.Net;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>What the connections of one front share.</summary>
/// <param name="Certificates">The server's certificate, and the root that clients' certificates must come from.</param>
/// <param name="Broker">The plain text listener behind the front.</param>
/// <param name="Notice">Told of refused clients, one sentence each.</param>
internal sealed record FrontSettings(
    SandboxCertificates Certificates, IPEndPoint Broker, Action<string> Notice);
