using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>
/// A certificate of a server's chain whose signature or key can be forged, by the rule of OpenSSL's security level 2: at least 112 bits.
/// librdkafka keeps to it; .NET on Linux does not.
/// </summary>
/// <param name="Weakness">What is weak, such as <c>is signed with SHA1withRSA</c>.</param>
internal sealed record WeakCertificate(X509Certificate2 Certificate, string Weakness)
{
    /// <summary>What to do about it.</summary>
    public const string Remedy = "Ask the administrator of Hopsworks for a certificate signed with SHA-256 or better: an RSA key of at least 2048 bits, or an "
        + "elliptic-curve key of at least 224.";

    private const int LeastRsaBits = 2048;
    private const int LeastCurveBits = 224;

    private static readonly string[] s_weakDigests = ["MD2", "MD4", "MD5", "SHA1", "RIPEMD128", "RIPEMD160"];

    /// <summary>The first weak certificate below the root, which is trusted by itself; null for none.</summary>
    /// <param name="chain">A chain that was built and trusted.</param>
    public static WeakCertificate? In(X509Chain chain) => chain.ChainElements
        .SkipLast(chain.ChainElements.Count > 1 ? 1 : 0)
        .Select(element => WeaknessOf(element.Certificate) is { } weakness ? new WeakCertificate(element.Certificate, weakness) : null)
        .FirstOrDefault(weak => weak is not null);

    private static string? WeaknessOf(X509Certificate2 certificate)
    {
        // The digest of a PSS signature is a parameter, which .NET does not return.
        var signature = new X509CertificateParser().ReadCertificate(certificate.RawDataMemory.ToArray()).SigAlgName.Replace("-", "", StringComparison.Ordinal);
        if (s_weakDigests.Any(digest => signature.StartsWith($"{digest}with", StringComparison.OrdinalIgnoreCase)))
        {
            return $"is signed with {signature}";
        }

        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        return rsa?.KeySize < LeastRsaBits ? $"has an RSA key of {rsa.KeySize} bits"
            : curve?.KeySize < LeastCurveBits ? $"has an elliptic-curve key of {curve.KeySize} bits"
            : null;
    }
}
