using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Certificates;

/// <summary>Writes PEM as <c>openssl pkcs12 -in store.p12 -out store.pem</c> does: attribute lines before each block.</summary>
internal static class OpenSslPem
{
    // The iteration count of OpenSSL 3.
    private static readonly PbeParameters s_encryption =
        new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);

    public static string KeyStore(string alias, RSA key, IReadOnlyList<X509Certificate2> chain, Secret password)
    {
        var localId = Convert.ToHexString(chain[0].GetCertHash(HashAlgorithmName.SHA1));
        var attributes = $"Bag Attributes\n    friendlyName: {alias}\n    localKeyID: {Spaced(localId)}\n";
        var text = new StringBuilder();
        AppendCertificate(text, attributes, chain[0]);
        foreach (var authority in chain.Skip(1))
        {
            AppendCertificate(text, "Bag Attributes: <No Attributes>\n", authority);
        }

        text.Append(attributes).Append("Key Attributes: <No Attributes>\n");
        return text.Append(key.ExportEncryptedPkcs8PrivateKeyPem(password.Reveal(), s_encryption)).Append('\n').ToString();
    }

    public static string TrustStore(string alias, X509Certificate2 certificate)
    {
        var text = new StringBuilder();
        // The unnamed attribute is Java's mark of a trusted certificate; OpenSSL cannot print its value.
        var attributes =
            $"Bag Attributes\n    friendlyName: {alias}\n    2.16.840.1.113894.746875.1.1: <Unsupported tag 6>\n";
        AppendCertificate(text, attributes, certificate);
        return text.ToString();
    }

    private static void AppendCertificate(StringBuilder text, string attributes, X509Certificate2 certificate) => text
        .Append(attributes)
        .Append(CultureInfo.InvariantCulture, $"subject=CN = {CommonName(certificate)}\n")
        .Append(CultureInfo.InvariantCulture, $"issuer=CN = {certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}\n")
        .Append(certificate.ExportCertificatePem()).Append('\n');

    private static string CommonName(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    private static string Spaced(string hex) => string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)));
}
