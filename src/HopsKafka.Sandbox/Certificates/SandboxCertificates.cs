using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Certificates;

/// <summary>
/// The certificates of one sandbox: a root CA, an intermediate CA, and below it the servers' and the client's
/// certificate, in the shapes that a Hopsworks export has. All keys are new in every instance.
/// </summary>
internal sealed class SandboxCertificates : IDisposable
{
    private const string RootAlias = "hops_root_ca";
    private const string PasswordAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int PasswordLength = 64;

    private readonly X509Certificate2 _client;
    private readonly X509Certificate2 _admin;
    private readonly string _alias;

    private SandboxCertificates(string clientName)
    {
        ClientName = clientName;
        _alias = clientName.ToLowerInvariant();
        using var root = CertificateIssuer.Root("HopsRootCA");
        using var intermediate = CertificateIssuer.Intermediate("HopsIntermediateCA", root);
        // The keys of both CAs are not kept: nothing else is signed with them.
        Root = X509CertificateLoader.LoadCertificate(root.RawData);
        Intermediate = X509CertificateLoader.LoadCertificate(intermediate.RawData);
        Server = CertificateIssuer.Server("localhost", intermediate);
        _client = CertificateIssuer.Client(clientName, intermediate);
        _admin = CertificateIssuer.Broker(AdminName, intermediate);
        ServerContext = SslStreamCertificateContext.Create(Server, [Intermediate], offline: true);
    }

    /// <summary>Common name of the client certificate: <c>project__user</c>, the client's Kafka principal.</summary>
    public string ClientName { get; }

    /// <summary>The root CA, without its key.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>The intermediate CA, which signed all end-entity certificates; without its key.</summary>
    public X509Certificate2 Intermediate { get; }

    /// <summary>The servers' certificate with its key; names localhost, 127.0.0.1 and ::1.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>For TLS servers: sends <see cref="Server"/> and <see cref="Intermediate"/>.</summary>
    public SslStreamCertificateContext ServerContext { get; }

    /// <summary>Covers both key stores and the key entry, as on Hopsworks: 64 letters of [A-Z0-9].</summary>
    public Secret Password { get; } = new(RandomNumberGenerator.GetString(PasswordAlphabet, PasswordLength));

    /// <summary>PEM of the client's certificate, then of the intermediate CA.</summary>
    public string ClientCertificatePem => Pem(_client, Intermediate);

    /// <summary>PEM of the client's private key: PKCS#8, not encrypted. A secret.</summary>
    public string ClientKeyPem => KeyPem(_client);

    /// <summary>PEM of the root CA alone.</summary>
    public string CaPem => Pem(Root);

    /// <summary>PEM of the servers' key (PKCS#8, not encrypted), certificate and intermediate CA. A secret.</summary>
    internal string ServerPem => KeyPem(Server) + Pem(Server, Intermediate);

    /// <summary>Common name of the administrator's certificate: the principal that a real Kafka allows everything.</summary>
    internal static string AdminName => "hops-kafka-sandbox-admin";

    /// <summary>PEM of the administrator's certificate, then of the intermediate CA.</summary>
    internal string AdminCertificatePem => Pem(_admin, Intermediate);

    /// <summary>PEM of the administrator's private key: PKCS#8, not encrypted. A secret.</summary>
    internal string AdminKeyPem => KeyPem(_admin);

    /// <summary>Creates certificates for one sandbox.</summary>
    /// <param name="clientName">Common name of the client, for example <c>demo__meb10000</c>.</param>
    /// <returns>The certificates, valid for 30 days.</returns>
    public static SandboxCertificates Create(string clientName) => new(clientName);

    /// <summary>keyStore.jks: one key entry, its alias <see cref="ClientName"/> in lower case, with the client's chain.</summary>
    /// <returns>The bytes of a JKS store of version 2 under <see cref="Password"/>.</returns>
    public byte[] KeyStoreJks() => JavaKeyStores.KeyStore(_alias, CertificateIssuer.ClientKey, [_client, Intermediate], Password);

    /// <summary>trustStore.jks: one entry <c>hops_root_ca</c>, the root CA.</summary>
    /// <returns>The bytes of a JKS store of version 2 under <see cref="Password"/>.</returns>
    public byte[] TrustStoreJks() => JavaKeyStores.TrustStore(RootAlias, Root, Password);

    /// <summary>keyStore.pem, as the tutorial's conversion with openssl writes it: certificates, then the encrypted key.</summary>
    /// <param name="keyPassword">Password of the key in this file.</param>
    public string KeyStorePem(Secret keyPassword)
    {
        using var key = ClientKey();
        return OpenSslPem.KeyStore(_alias, key, [_client, Intermediate], keyPassword);
    }

    /// <summary>trustStore.pem, as the tutorial's conversion with openssl writes it.</summary>
    public string TrustStorePem() => OpenSslPem.TrustStore(RootAlias, Root);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _admin.Dispose();
        Server.Dispose();
        Intermediate.Dispose();
        Root.Dispose();
    }

    private RSA ClientKey() => _client.GetRSAPrivateKey()!;

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static string Pem(params X509Certificate2[] certificates) =>
        string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));
}
