using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Certificates;

/// <summary>Loads the stores <c>ks</c> and <c>ts</c> of a folder as the tools do, and checks the result.</summary>
internal static class TestStores
{
    private static readonly ProjectOptions s_empty = new("demo", 1, null, null, null, null);

    public static ProjectCertificates Load(OpenSsl openssl, string? password = KeyTool.Password, string? alias = null, TimeSpan shift = default) =>
        ProjectFiles.Load(
            s_empty with
            {
                KeyStore = openssl.PathOf("ks"), TrustStore = openssl.PathOf("ts"), StorePassword = Hidden(password), KeyAlias = alias,
            },
            DateTimeOffset.UtcNow + shift);

    public static ProjectCertificates LoadKey(
        OpenSsl openssl, string store, string? password, string? alias = null, string? keyPassword = null, TimeSpan shift = default) =>
        ProjectFiles.Load(
            s_empty with
            {
                KeyStore = openssl.PathOf(store), CaFile = openssl.PathOf("root.pem"), StorePassword = Hidden(password), KeyAlias = alias,
                KeyPassword = Hidden(keyPassword),
            },
            DateTimeOffset.UtcNow + shift);

    public static IReadOnlyList<string> LoadTrust(OpenSsl openssl, string store, string? password = KeyTool.Password, TimeSpan shift = default)
    {
        var now = DateTimeOffset.UtcNow + shift;
        var options = s_empty with { TrustStore = openssl.PathOf(store), StorePassword = Hidden(password) };
        return [.. TrustedAuthorities.Load(options.CertificateSources(), now).Select(c => c.SubjectDN.ToString())];
    }

    public static void NewRoot(OpenSsl openssl, string name) =>
        openssl.Run($"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={name} -keyout {name}.key -out {name}.pem");

    public static IEnumerable<string> Subjects(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates.Select(c => c.Subject);
    }

    // The proof that the key opened: .NET signs with it, and the certificate's public key agrees.
    public static void AssertUsable(ProjectCertificates certificates)
    {
        using var pair = X509Certificate2.CreateFromPem(certificates.CertificatePem, certificates.KeyPem.Reveal());
        byte[] data = [1, 2, 3];
        using var rsa = pair.GetRSAPrivateKey();
        using var ec = pair.GetECDsaPrivateKey();
        var verified = rsa is not null
            ? pair.GetRSAPublicKey()!.VerifyData(
                data, rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : pair.GetECDsaPublicKey()!.VerifyData(data, ec!.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);

        Assert.True(verified);
    }

    public static HopsKafkaException AssertRefused(string fragment, Action load)
    {
        var error = Assert.Throws<HopsKafkaException>(load);

        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Equal(HopsKafka.Common.ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    private static Secret? Hidden(string? text) => text is null ? null : new Secret(text);
}
