using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace HopsKafka.Sandbox.Certificates;

/// <summary>
/// Signs certificates of one sandbox. All of them are valid for the same 30 days, from one hour ago. The client's key is RSA, as on Hopsworks. It takes a
/// quarter of a second to make, so all sandboxes of a process share it, and the other keys are of a curve.
/// </summary>
internal static class CertificateIssuer
{
    private const int ClientKeyBits = 2048;

    private static readonly Lazy<RSA> s_clientKey = new(() => RSA.Create(ClientKeyBits));

    // For Java's key stores: to make this one takes as long as several signatures.
    private static readonly Lazy<AsymmetricKeyParameter> s_javaClientKey = new(() => PrivateKeyFactory.CreateKey(s_clientKey.Value.ExportPkcs8PrivateKey()));

    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid s_clientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>The key of every client certificate.</summary>
    public static AsymmetricKeyParameter ClientKey => s_javaClientKey.Value;

    public static X509Certificate2 Root(string commonName)
    {
        using var key = NewKey();
        var request = Request(commonName, key);
        AddAuthorityExtensions(request, pathLength: 1);
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        return Reimport(request.CreateSelfSigned(from, from.AddDays(30)));
    }

    public static X509Certificate2 Intermediate(string commonName, X509Certificate2 issuer)
    {
        using var key = NewKey();
        var request = Request(commonName, key);
        AddAuthorityExtensions(request, pathLength: 0);
        return Sign(request, key, issuer);
    }

    public static X509Certificate2 Server(string commonName, X509Certificate2 issuer)
    {
        using var key = NewKey();
        var request = Request(commonName, key);
        AddLeafExtensions(request, s_serverAuthentication);
        AddLoopbackNames(request);
        return Sign(request, key, issuer);
    }

    /// <summary>For brokers among themselves, which are servers and clients.</summary>
    public static X509Certificate2 Broker(string commonName, X509Certificate2 issuer)
    {
        using var key = NewKey();
        var request = Request(commonName, key);
        AddLeafExtensions(request, s_serverAuthentication, s_clientAuthentication);
        AddLoopbackNames(request);
        return Sign(request, key, issuer);
    }

    public static X509Certificate2 Client(string commonName, X509Certificate2 issuer)
    {
        var request = Request(commonName, s_clientKey.Value);
        AddLeafExtensions(request, s_clientAuthentication);
        return Sign(request, s_clientKey.Value, issuer);
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string commonName, AsymmetricAlgorithm key)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        var name = builder.Build();
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static void AddAuthorityExtensions(CertificateRequest request, int pathLength)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
    }

    private static void AddLoopbackNames(CertificateRequest request)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
    }

    private static void AddLeafExtensions(CertificateRequest request, params Oid[] usages)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages], critical: false));
    }

    private static X509Certificate2 Sign(CertificateRequest request, AsymmetricAlgorithm key, X509Certificate2 issuer)
    {
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var issuerKey = issuer.GetECDsaPrivateKey();
        var generator = X509SignatureGenerator.CreateForECDsa(issuerKey!);
        using var signed = request.Create(issuer.SubjectName, generator, issuer.NotBefore, issuer.NotAfter, SerialNumber());
        return Reimport(key is RSA rsa ? signed.CopyWithPrivateKey(rsa) : signed.CopyWithPrivateKey((ECDsa)key));
    }

    // RFC 5280: positive and at most 20 octets.
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    // SslStream on Windows does not accept ephemeral keys; PKCS#12 export and import gives them a container.
    private static X509Certificate2 Reimport(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            var bytes = certificate.Export(X509ContentType.Pkcs12);
            return X509CertificateLoader.LoadPkcs12(bytes, password: null, X509KeyStorageFlags.Exportable);
        }
    }
}
