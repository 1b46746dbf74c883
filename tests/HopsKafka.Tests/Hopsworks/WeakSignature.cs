using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>Signs certificates with digests that .NET itself does not sign with any more.</summary>
internal sealed class WeakSignature(RSA key, HashAlgorithmName digest) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        var identifier = new AsnWriter(AsnEncodingRules.DER);
        using (identifier.PushSequence())
        {
            identifier.WriteObjectIdentifier(digest == HashAlgorithmName.MD5 ? "1.2.840.113549.1.1.4" : digest == HashAlgorithmName.SHA1 ? "1.2.840.113549.1.1.5" : "1.2.840.113549.1.1.11");
            identifier.WriteNull();
        }

        return identifier.Encode();
    }

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, digest, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => new(key);
}
