using System.Security.Cryptography.X509Certificates;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary><c>hops-kafka certs</c>, on an export as Hopsworks gives it.</summary>
public sealed class CertsCommandSpecs : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly SandboxCertificates _certificates = SandboxCertificates.Create("demo__meb10000");

    public CertsCommandSpecs()
    {
        _dir.Write("cert/password", _certificates.Password.Reveal() + "\n");
        File.WriteAllBytes(_dir.File("cert/keyStore.jks"), _certificates.KeyStoreJks());
        File.WriteAllBytes(_dir.File("cert/trustStore.jks"), _certificates.TrustStoreJks());
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _dir.Dispose();
    }

    [Fact]
    public async Task Both_stores_become_pem_files_for_their_owner_only_and_are_shown()
    {
        var result = await RunAsync(null, "certs");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("keyStore.pem    CN=demo__meb10000 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("trustStore.pem  CN=HopsRootCA ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{_certificates.Server.NotAfter.ToUniversalTime():yyyy-MM-dd}", result.Output, StringComparison.Ordinal);
        Assert.Contains("is not encrypted", result.Error, StringComparison.Ordinal);
        using var pair = X509Certificate2.CreateFromPemFile(_dir.File("cert/keyStore.pem"));
        Assert.True(pair.HasPrivateKey);
        Assert.Equal(_certificates.CaPem, File.ReadAllText(_dir.File("cert/trustStore.pem")));
        Assert.Equal(
            ["keyStore.jks", "keyStore.pem", "password", "trustStore.jks", "trustStore.pem"],
            Directory.GetFiles(_dir.File("cert")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_dir.File("cert/keyStore.pem")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_dir.File("cert/trustStore.pem")));
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("asdf123")]
    [InlineData("påss€wörd")]
    public async Task The_key_is_encrypted_with_a_given_password_and_opens_with_openssl(string password)
    {
        _dir.Write("keyPassword", password + "\n");

        var byFile = await RunAsync(null, "certs", "--key-password-file", "keyPassword");
        var opened = ExternalProgram.TryRun("openssl", _dir.Path, "pkey", "-in", "cert/keyStore.pem", "-passin", "file:keyPassword", "-noout", "-text");
        Assert.SkipWhen(opened is null, "openssl is not installed: it proves that others read the key.");
        var byVariable = await RunAsync(new() { ["HOPSKAFKA_PROJECT__KEY_PASSWORD"] = password }, "certs", "--force");
        var again = ExternalProgram.TryRun("openssl", _dir.Path, "pkey", "-in", "cert/keyStore.pem", "-passin", "file:keyPassword", "-noout", "-text");

        Assert.Equal((0, 0, 0, 0), (byFile.ExitCode, opened.ExitCode, byVariable.ExitCode, again!.ExitCode));
        Assert.Contains("is encrypted", byFile.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN PRIVATE KEY", File.ReadAllText(_dir.File("cert/keyStore.pem")), StringComparison.Ordinal);
        Assert.DoesNotContain(password, byFile.ToString() + byVariable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keyStore.pem")]
    [InlineData("trustStore.pem")]
    public async Task Nothing_is_overwritten_without_force(string name)
    {
        var kept = _dir.Write($"cert/{name}", "mine");

        var refused = await RunAsync(null, "certs");
        var filesAfterwards = Directory.GetFiles(_dir.File("cert")).Length;
        var contentAfterwards = File.ReadAllText(kept);
        var forced = await RunAsync(null, "certs", "--force");

        Assert.Equal((2, "", 4, "mine"), (refused.ExitCode, refused.Output, filesAfterwards, contentAfterwards));
        Assert.Contains($"cert/{name} exists already and was not changed.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, forced.ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(kept));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        }
    }

    [Theory]
    [InlineData("--store-password-file absent", "The file that --store-password-file names cannot be read: ")]
    [InlineData("--store-password-file wrong", "keyStore.jks (--keystore) does not open: the password is wrong, or")]
    [InlineData("--dir absent", "There is no folder absent, which should hold the export.")]
    [InlineData("--keystore cert", "cert (--keystore) cannot be read: it is a folder.")]
    [InlineData("--truststore cert/keyStore.jks", "keyStore.jks (--truststore) holds no CA certificate, only a private key.")]
    [InlineData("--key-alias other", "holds no private key other, only demo__meb10000.")]
    [InlineData("--ask-key-password", "Option --ask-key-password needs a terminal.")]
    [InlineData("--ask-key-password --key-password-file wrong", "give the same password")]
    public async Task A_mistake_ends_with_exit_code_2_and_leaves_nothing_behind(string arguments, string message)
    {
        _dir.Write("wrong", "hunter2");

        var result = await RunAsync(null, ["certs", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_dir.File("cert")).Length);
    }

    [Fact]
    public async Task A_folder_to_write_to_is_made_and_a_trust_store_of_another_CA_is_reported()
    {
        using var others = SandboxCertificates.Create("demo__other000");
        File.WriteAllText(_dir.File("others.pem"), others.CaPem);

        var result = await RunAsync(null, "certs", "--out", _dir.File("made/deep"), "--truststore", "others.pem");

        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(_dir.File("made/deep/keyStore.pem")));
        if (!OperatingSystem.IsWindows())
        {
            var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal((owner, owner), (File.GetUnixFileMode(_dir.File("made")), File.GetUnixFileMode(_dir.File("made/deep"))));
        }

        Assert.Contains("The trust store does not hold", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_and_without_a_terminal_it_is_reported_where_to_put_it()
    {
        File.Delete(_dir.File("cert/password"));

        var without = await RunAsync(null, "certs");
        var byVariable = await RunAsync(new() { ["HOPSKAFKA_PROJECT__STORE_PASSWORD"] = _certificates.Password.Reveal() }, "certs");

        Assert.Equal((2, 0), (without.ExitCode, byVariable.ExitCode));
        Assert.Contains("needs a password, and none is set", without.Error, StringComparison.Ordinal);
        Assert.Contains("--store-password-file", without.Error, StringComparison.Ordinal);
    }

    // Names of files of the folder stand for their paths.
    private async Task<ToolResult> RunAsync(Dictionary<string, string>? environment, params string[] arguments)
    {
        string[] paths = [.. arguments.Select(word => Path.Exists(_dir.File(word)) ? _dir.File(word) : word)];
        await using var running = ToolTask.Start(
            "hops-kafka", environment ?? [], arguments.Contains("--dir") ? paths : [.. paths, "--dir", _dir.File("cert")]);
        return await running.WaitForExitAsync();
    }
}
