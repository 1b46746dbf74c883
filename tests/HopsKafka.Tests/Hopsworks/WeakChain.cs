using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>A root, and a server's certificate below it whose signature or key can be weak.</summary>
internal sealed class WeakChain : IDisposable
{
    private readonly X509Certificate2 _root;

    public WeakChain(HashAlgorithmName signature, int bits, HashAlgorithmName rootSignature)
    {
        using var rootKey = RSA.Create(2048);
        var root = new CertificateRequest("CN=Weak CA", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = root.Create(root.SubjectName, new WeakSignature(rootKey, rootSignature), DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(9), [1]);
        using var key = RSA.Create(bits);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(
            root.SubjectName, new WeakSignature(rootKey, signature), DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2), [2]);
        using var whole = signed.CopyWithPrivateKey(key);
        Server = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public X509Certificate2 Server { get; }

    public X509Certificate2Collection Authorities => [_root];

    public string Pem => _root.ExportCertificatePem();

    public void Dispose()
    {
        Server.Dispose();
        _root.Dispose();
    }
}
