using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Certificates;

public sealed class ProjectCertificatesSpecs
{
    [Theory]
    [InlineData("pkcs12 -in client.p12 -passin pass:store -out out.pem -passout pass:asdf123", "asdf123")]
    [InlineData("pkcs12 -in client.p12 -passin pass:store -out out.pem -nodes", null)]
    [InlineData("pkcs12 -in client.p12 -passin pass:store -out out.pem -passout pass:påss", "påss")]
    public void What_openssl_pkcs12_writes_works_as_it_is(string command, string? password)
    {
        using var openssl = new OpenSsl();
        openssl.Run(command);

        var certificates = Load(openssl, "out.pem", "out.pem", password);

        AssertUsable(certificates);
        Assert.Contains("Bag Attributes", openssl.Read("out.pem"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsa:2048", "rsa -in client.key -traditional -aes256 -passout pass:x -out out.key", "x")]
    [InlineData("rsa:2048", "rsa -in client.key -traditional -des3 -passout pass:x -out out.key", "x")]
    [InlineData("rsa:2048", "rsa -in client.key -traditional -out out.key", null)]
    [InlineData("rsa:2048", "pkcs8 -topk8 -in client.key -passout pass:x -v1 PBE-SHA1-3DES -out out.key", "x")]
    [InlineData("ec", "ec -in client.key -out out.key", null)]
    [InlineData("ec", "ec -in client.key -aes128 -passout pass:x -out out.key", "x")]
    [InlineData("ec", "pkcs8 -topk8 -in client.key -passout pass:x -out out.key", "x")]
    [InlineData("ed25519", "pkcs8 -topk8 -in client.key -passout pass:x -out out.key", "x")]
    public void Keys_of_every_form_and_algorithm_open(string algorithm, string command, string? password)
    {
        using var openssl = new OpenSsl(algorithm);
        openssl.Run(command);
        openssl.Write("chain.pem", openssl.Read("client.pem") + openssl.Read("intermediate.pem"));

        var certificates = Load(openssl, "chain.pem", "out.key", password);

        Assert.Contains("BEGIN PRIVATE KEY", certificates.KeyPem.Reveal(), StringComparison.Ordinal);
        if (algorithm != "ed25519")
        {
            AssertUsable(certificates);
        }
    }

    [Fact]
    public void The_leaf_comes_first_and_its_chain_follows_whatever_the_order_in_the_file()
    {
        using var openssl = new OpenSsl();
        openssl.Write("chain.pem", openssl.Read("root.pem") + openssl.Read("intermediate.pem") + openssl.Read("client.pem"));

        var certificates = Load(openssl, "chain.pem", "client.key", null);

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates.CertificatePem);
        Assert.Equal(["CN=demo__meb10000", "CN=Intermediate", "CN=Root"], chain.Select(c => c.Subject));
    }

    [Fact]
    public void A_wrong_password_is_reported_as_wrong()
    {
        using var openssl = new OpenSsl();
        openssl.Run("pkcs12 -in client.p12 -passin pass:store -out out.pem -passout pass:right");

        AssertRefused("The password of the private key in", () => Load(openssl, "out.pem", "out.pem", "wrong"));
        AssertRefused("is encrypted and no password is given", () => Load(openssl, "out.pem", "out.pem", null));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var openssl = new OpenSsl();

        AssertRefused("does not belong to the certificate", () => Load(openssl, "client.pem", "intermediate.key", null));
    }

    [Fact]
    public void Validity_is_checked_for_the_whole_chain()
    {
        using var openssl = new OpenSsl();
        openssl.Write("chain.pem", openssl.Read("client.pem") + openssl.Read("intermediate.pem"));

        AssertRefused("CN=demo__meb10000 in", () => Load(openssl, "chain.pem", "client.key", null, TimeSpan.FromDays(3)));
        AssertRefused("expired on", () => Load(openssl, "chain.pem", "client.key", null, TimeSpan.FromDays(3)));
        AssertRefused("is not valid before", () => Load(openssl, "chain.pem", "client.key", null, TimeSpan.FromDays(-1)));
    }

    [Fact]
    public void A_file_that_is_missing_a_folder_or_no_pem_is_named_with_its_setting()
    {
        using var openssl = new OpenSsl();
        openssl.Write("page.html", "<html>log in</html>");
        var half = openssl.Read("client.pem");
        openssl.Write("half.pem", half[..(half.Length / 2)]);
        openssl.Write("damaged.pem", half.Replace("MII", "!!!", StringComparison.Ordinal));

        AssertRefused("there is no such file", () => Load(openssl, "absent.pem", "client.key", null));
        AssertRefused("it is a folder", () => Load(openssl, ".", "client.key", null));
        AssertRefused("is a web page (HTML or XML)", () => Load(openssl, "page.html", "client.key", null));
        AssertRefused("is cut off", () => Load(openssl, "half.pem", "client.key", null));
        AssertRefused("is damaged", () => Load(openssl, "damaged.pem", "client.key", null));
        AssertRefused("holds no private key", () => Load(openssl, "client.pem", "client.pem", null));
        AssertRefused("holds no certificate", () => Load(openssl, "client.key", "client.key", null));
    }

    private static ProjectCertificates Load(
        OpenSsl openssl, string certificates, string key, string? password, TimeSpan shift = default) =>
        ProjectFiles.Load(
            new ProjectOptions(
                "demo", 1, openssl.PathOf("root.pem"), openssl.PathOf(certificates), openssl.PathOf(key),
                password is null ? null : new Secret(password)),
            DateTimeOffset.UtcNow + shift);

    // The proof that the key opened: .NET signs with it, and the certificate's public key agrees.
    private static void AssertUsable(ProjectCertificates certificates)
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
        Assert.Equal("CN=demo__meb10000", pair.Subject);
        Assert.DoesNotContain("PRIVATE", certificates.ToString(), StringComparison.Ordinal);
    }

    private static void AssertRefused(string fragment, Action load)
    {
        var error = Assert.Throws<HopsKafkaException>(load);

        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Equal(HopsKafka.Common.ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }
}
