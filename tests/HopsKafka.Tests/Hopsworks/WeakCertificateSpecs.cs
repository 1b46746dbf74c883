using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>
/// Certificates that librdkafka refuses because their signature or key can be forged. No server of .NET shows such ones, so the check that
/// an SslStream calls is called here with the chain that an SslStream builds.
/// </summary>
public sealed class WeakCertificateSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Theory]
    [InlineData("MD5", 2048, "is signed with MD5withRSA")]
    [InlineData("SHA1", 2048, "is signed with SHA1withRSA")]
    [InlineData("SHA256", 1024, "has an RSA key of 1024 bits")]
    public void A_chain_that_dotnet_accepts_is_refused_with_its_weakness_by_registry_and_doctor(string digest, int bits, string weakness)
    {
        using var weak = new WeakChain(new HashAlgorithmName(digest), bits, HashAlgorithmName.SHA256);
        var trust = ServerTrust.File(_dir.Write("ca.pem", weak.Pem));

        var refused = Assert.Throws<ServerCertificateException>(() => Check(weak, ServerCertificateCheck.For(trust), SslPolicyErrors.None));
        var judged = new CertificateFaults(ServerRole.Broker, new ServerTrustAnchors(weak.Authorities, "ca.pem", true, true))
            .Find(new ServerAddress("localhost", 9092), weak.Server, []);

        Assert.Equal($"the certificate of CN=localhost, issued by CN=Weak CA, {weakness}, which can be forged", refused.Message);
        Assert.Contains("SHA-256", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(ConnectionFault.ServerCertificateWeak, judged!.Fault);
        Assert.Contains(weakness, judged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_of_the_root_does_not_count_and_verify_false_accepts_any()
    {
        using var root = new WeakChain(HashAlgorithmName.SHA256, 2048, HashAlgorithmName.SHA1);
        using var weak = new WeakChain(HashAlgorithmName.SHA1, 2048, HashAlgorithmName.SHA256);

        Assert.True(Check(root, ServerCertificateCheck.For(ServerTrust.File(_dir.Write("ca.pem", root.Pem))), SslPolicyErrors.None));
        Assert.True(Check(weak, ServerCertificateCheck.For(ServerTrust.Any), SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void A_renewed_ca_file_does_not_make_up_for_a_weak_certificate()
    {
        using var old = new TestCertificates("Old CA");
        using var weak = new WeakChain(HashAlgorithmName.SHA1, 2048, HashAlgorithmName.SHA256);
        var options = ServerCertificateCheck.For(ServerTrust.File(_dir.Write("ca.pem", old.Pem)));
        _dir.Write("ca.pem", weak.Pem);

        var refused = Assert.Throws<ServerCertificateException>(() => Check(weak, options, SslPolicyErrors.RemoteCertificateChainErrors));

        Assert.Contains("is signed with SHA1withRSA", refused.Message, StringComparison.Ordinal);
    }

    private static bool Check(WeakChain weak, SslClientAuthenticationOptions options, SslPolicyErrors expected)
    {
        using var chain = new X509Chain { ChainPolicy = options.CertificateChainPolicy ?? new X509ChainPolicy { DisableCertificateDownloads = true } };
        var errors = chain.Build(weak.Server) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;
        Assert.Equal(expected, errors);
        return options.RemoteCertificateValidationCallback!(weak, weak.Server, chain, errors);
    }
}
