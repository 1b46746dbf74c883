using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Certificates;

/// <summary>Whatever byte of a file of certificates is wrong, the file is refused in a sentence, or still gives what it gave.</summary>
[Trait("Category", "Slow")]
public sealed class DamageSpecs : IDisposable
{
    private const int Step = 5;

    private readonly OpenSsl _openssl = new("ec");

    public void Dispose() => _openssl.Dispose();

    [Theory]
    [InlineData("client.pem")]
    [InlineData("client.key")]
    [InlineData("root.pem")]
    public void A_PEM_file(string name)
    {
        // The letters of Base64 are changed to other letters, so that the damage reaches the bytes below.
        AssertEachDamageIsReported(name, b => (byte)(char.IsAsciiLetter((char)b) ? b ^ 0x20 : b), () => ProjectFiles.Load(
            new ProjectOptions("demo", 1, _openssl.PathOf("root.pem"), _openssl.PathOf("client.pem"), _openssl.PathOf("client.key"), null),
            DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    public void A_store(string type)
    {
        KeyTool.ImportClient(_openssl, "ks", type);

        AssertEachDamageIsReported("ks", b => (byte)(b ^ 0x55), () => TestStores.LoadKey(_openssl, "ks", KeyTool.Password), Step * 7);
    }

    private void AssertEachDamageIsReported(string name, Func<byte, byte> damage, Func<ProjectCertificates> load, int step = Step)
    {
        var path = _openssl.PathOf(name);
        var bytes = File.ReadAllBytes(path);
        var reported = 0;
        for (var at = 0; at < bytes.Length; at += step)
        {
            byte[] damaged = [.. bytes];
            damaged[at] = damage(damaged[at]);
            File.WriteAllBytes(path, damaged);
            try
            {
                load();
            }
            catch (HopsKafkaException e)
            {
                reported++;
                Assert.Equal(ExitCode.Usage, e.ExitCode);
                Assert.NotNull(e.Remedy);
            }
        }

        Assert.True(reported > 10, $"only {reported} of {bytes.Length / step} damages were reported");
    }
}
