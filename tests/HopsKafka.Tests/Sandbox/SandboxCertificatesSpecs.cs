using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

public sealed class SandboxCertificatesSpecs : IDisposable
{
    private static readonly SandboxCertificates s_certificates = SandboxCertificates.Create("Demo__meb10000");
    private readonly TempDir _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_client_certificate_chains_to_the_root_through_the_intermediate()
    {
        using var client = X509Certificate2.CreateFromPem(s_certificates.ClientCertificatePem, s_certificates.ClientKeyPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(s_certificates.CaPem);
        chain.ChainPolicy.ExtraStore.ImportFromPem(s_certificates.ClientCertificatePem);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));

        var trusted = chain.Build(client);

        Assert.True(trusted, string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Equal("CN=Demo__meb10000", client.Subject);
        Assert.Equal(["CN=Demo__meb10000", "CN=HopsIntermediateCA", "CN=HopsRootCA"],
            chain.ChainElements.Select(element => element.Certificate.Subject));
    }

    [Fact]
    public void Each_call_makes_a_new_CA_and_password()
    {
        using var other = SandboxCertificates.Create("Demo__meb10000");

        Assert.NotEqual(s_certificates.Password, other.Password);
        Assert.NotEqual(s_certificates.Root.Thumbprint, other.Root.Thumbprint);
        Assert.Matches("^[A-Z0-9]{64}$", s_certificates.Password.Reveal());
    }

    [Fact]
    public void The_server_certificate_names_loopback_only_and_is_valid_now()
    {
        var names = s_certificates.Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

        Assert.Equal(["localhost"], names.EnumerateDnsNames());
        Assert.Equal(["127.0.0.1", "::1"], names.EnumerateIPAddresses().Select(address => address.ToString()));
        Assert.InRange(DateTime.Now, s_certificates.Server.NotBefore.AddMinutes(59), s_certificates.Server.NotAfter.AddDays(-29));
        Assert.False(s_certificates.Root.HasPrivateKey);
        Assert.False(s_certificates.Intermediate.HasPrivateKey);
    }

    [Fact]
    public void The_pem_key_store_holds_the_chain_and_a_key_that_opens_with_its_password_only()
    {
        var pem = s_certificates.KeyStorePem(new Secret("right"));

        using var client = X509Certificate2.CreateFromEncryptedPem(pem, pem, "right");
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        Assert.True(client.HasPrivateKey);
        Assert.Equal(["CN=Demo__meb10000", "CN=HopsIntermediateCA"], chain.Select(certificate => certificate.Subject));
        Assert.StartsWith("Bag Attributes\n    friendlyName: demo__meb10000\n", pem, StringComparison.Ordinal);
        Assert.ThrowsAny<CryptographicException>(() => X509Certificate2.CreateFromEncryptedPem(pem, pem, "wrong"));
    }

    [Fact]
    public async Task Javas_keytool_reads_both_stores()
    {
        File.WriteAllBytes(_folder.File("keyStore.jks"), s_certificates.KeyStoreJks());
        File.WriteAllBytes(_folder.File("trustStore.jks"), s_certificates.TrustStoreJks());

        var keys = await Run("keytool", "-list", "-v", "-keystore", _folder.File("keyStore.jks"), "-storepass", s_certificates.Password.Reveal());
        var trust = await Run("keytool", "-list", "-v", "-keystore", _folder.File("trustStore.jks"), "-storepass", s_certificates.Password.Reveal());

        Assert.Contains("Keystore type: JKS", keys, StringComparison.Ordinal);
        Assert.Contains("Alias name: demo__meb10000", keys, StringComparison.Ordinal);
        Assert.Contains("Certificate chain length: 2", keys, StringComparison.Ordinal);
        Assert.Contains("Alias name: hops_root_ca", trust, StringComparison.Ordinal);
        Assert.Contains("trustedCertEntry", trust, StringComparison.Ordinal);
        Assert.Contains("Your keystore contains 1 entry", trust, StringComparison.Ordinal);
        Assert.Equal(new byte[] { 0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2 }, s_certificates.KeyStoreJks()[..8]);
    }

    [Fact]
    public async Task The_tutorials_conversion_with_keytool_and_openssl_yields_the_same_certificates_and_key()
    {
        var password = s_certificates.Password.Reveal();
        File.WriteAllBytes(_folder.File("keyStore.jks"), s_certificates.KeyStoreJks());
        await Run("keytool", "-importkeystore", "-srckeystore", _folder.File("keyStore.jks"), "-srcstorepass", password,
            "-destkeystore", _folder.File("keyStore.p12"), "-deststoretype", "PKCS12", "-deststorepass", password);

        var converted = await Run("openssl", "pkcs12", "-in", _folder.File("keyStore.p12"), "-passin", $"pass:{password}", "-passout", "pass:new");

        using var theirs = X509Certificate2.CreateFromEncryptedPem(converted, converted, "new");
        var pem = s_certificates.KeyStorePem(new Secret("new"));
        using var ours = X509Certificate2.CreateFromEncryptedPem(pem, pem, "new");
        using var theirKey = theirs.GetRSAPrivateKey();
        using var ourKey = ours.GetRSAPrivateKey();
        Assert.Equal(theirs.Thumbprint, ours.Thumbprint);
        Assert.Equal(theirKey!.ExportPkcs8PrivateKeyPem(), ourKey!.ExportPkcs8PrivateKeyPem());
    }

    [Fact]
    public async Task Openssl_opens_the_pem_stores_and_verifies_the_client()
    {
        var key = _folder.Write("keyStore.pem", s_certificates.KeyStorePem(new Secret("pw")));
        var trust = _folder.Write("trustStore.pem", s_certificates.TrustStorePem());

        var checkedKey = await Run("openssl", "pkey", "-in", key, "-passin", "pass:pw", "-noout", "-text");
        var verified = await Run("openssl", "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", trust, "-untrusted", key, key);

        Assert.Contains("2048 bit", checkedKey, StringComparison.Ordinal);
        Assert.Contains(": OK", verified, StringComparison.Ordinal);
    }

    private static async Task<string> Run(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{tool} is not on this machine.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{tool} {arguments[0]}: {output} {await errors}");
            return output;
        }
    }
}
