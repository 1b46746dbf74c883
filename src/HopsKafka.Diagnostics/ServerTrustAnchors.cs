using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The trust anchors and options for the check of a server's certificate.</summary>
/// <param name="Authorities">The trusted CAs; null for the system's trust store.</param>
/// <param name="File">The file of the CAs; null for the system's trust store.</param>
/// <param name="CheckChain">False accepts any certificate.</param>
/// <param name="CheckName">False accepts a certificate for another name.</param>
internal sealed record ServerTrustAnchors(X509Certificate2Collection? Authorities, string? File, bool CheckChain, bool CheckName)
{
    private const string NameProperty = "ssl.endpoint.identification.algorithm";

    /// <summary>For the brokers, as librdkafka checks them with this configuration.</summary>
    public static ServerTrustAnchors OfBrokers(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        X509Certificate2Collection? authorities = certificates.CaPem.Length > 0 ? [] : null;
        authorities?.ImportFromPem(certificates.CaPem);
        var checkName = config.Kafka.Properties.GetValueOrDefault(NameProperty, "https") != "none";
        return new ServerTrustAnchors(authorities, config.Project.TrustSource, true, checkName);
    }

    /// <summary>For the REST API.</summary>
    /// <exception cref="HopsKafkaException">The CA file cannot be used.</exception>
    public static ServerTrustAnchors OfRegistry(ServerTrust trust)
    {
        if (trust.CaFile is null)
        {
            return new ServerTrustAnchors(null, null, trust.Verify, trust.Verify);
        }

        var authorities = HopsKafka.Hopsworks.ServerCertificateCheck.ReadCaFile(trust.CaFile);
        return new ServerTrustAnchors(authorities, trust.CaFile, true, true);
    }
}
