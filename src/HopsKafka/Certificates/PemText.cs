using System.Security.Cryptography;
using System.Text;
using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>Writes certificates and keys as PEM.</summary>
internal static class PemText
{
    private const int SaltLength = 16;
    private const int Iterations = 600_000;

    public static string Certificates(IEnumerable<X509Certificate> certificates) =>
        string.Concat(certificates.Select(c => PemEncoding.WriteString("CERTIFICATE", c.GetEncoded()) + "\n"));

    public static Secret PrivateKey(PrivateKeyInfo key) =>
        new(PemEncoding.WriteString("PRIVATE KEY", key.GetDerEncoded()) + "\n");

    public static string EncryptedPrivateKey(PrivateKeyInfo key, Secret password)
    {
        // BouncyCastle takes the low byte of each character, openssl reads UTF-8.
        var letters = Encoding.Latin1.GetChars(Encoding.UTF8.GetBytes(password.Reveal()));
        var encrypted = EncryptedPrivateKeyInfoFactory.CreateEncryptedPrivateKeyInfo(
            NistObjectIdentifiers.IdAes256Cbc,
            PkcsObjectIdentifiers.IdHmacWithSha256,
            letters,
            RandomNumberGenerator.GetBytes(SaltLength),
            Iterations,
            new SecureRandom(),
            key);
        return PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", encrypted.GetDerEncoded()) + "\n";
    }
}
