using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>
/// Private keys as PKCS#8, which librdkafka takes. BouncyCastle's RSA keys, public ones too, are not made of them: each would test that its modulus is
/// composite, which takes as long as several signatures.
/// </summary>
internal static class PrivateKeys
{
    /// <summary>Decodes the key itself, so that bytes that a wrong password decrypted are not taken for one.</summary>
    public static PrivateKeyInfo Checked(PrivateKeyInfo info)
    {
        if (IsRsa(info.PrivateKeyAlgorithm))
        {
            RsaPrivateKeyStructure.GetInstance(info.ParsePrivateKey());
        }
        else
        {
            PrivateKeyFactory.CreateKey(info);
        }

        return info;
    }

    /// <summary>Whether the key is that of a certificate.</summary>
    public static bool BelongsTo(PrivateKeyInfo info, X509Certificate certificate)
    {
        if (IsRsa(info.PrivateKeyAlgorithm))
        {
            var own = RsaPrivateKeyStructure.GetInstance(info.ParsePrivateKey());
            var subject = certificate.CertificateStructure.SubjectPublicKeyInfo;
            return IsRsa(subject.Algorithm)
                && RsaPublicKeyStructure.GetInstance(subject.ParsePublicKey()) is var other
                && other.Modulus.Equals(own.Modulus) && other.PublicExponent.Equals(own.PublicExponent);
        }

        var key = certificate.GetPublicKey();
        return PrivateKeyFactory.CreateKey(info) switch
        {
            ECPrivateKeyParameters ec => key is ECPublicKeyParameters other && other.Q.Equals(ec.Parameters.G.Multiply(ec.D).Normalize()),
            Ed25519PrivateKeyParameters ed => key is Ed25519PublicKeyParameters && key.Equals(ed.GeneratePublicKey()),
            Ed448PrivateKeyParameters ed => key is Ed448PublicKeyParameters && key.Equals(ed.GeneratePublicKey()),
            _ => false,
        };
    }

    private static bool IsRsa(AlgorithmIdentifier algorithm) =>
        algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption) || algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss);
}
