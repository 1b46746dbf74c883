using System.Collections.Concurrent;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Certificates;

/// <summary>A CA, an intermediate CA and a client certificate, made and written in any form by the machine's openssl.</summary>
internal sealed class OpenSsl : IDisposable
{
    // The files of each algorithm are made once: three keys take openssl most of a second.
    private static readonly ConcurrentDictionary<string, Lazy<(string Name, byte[] Content)[]>> s_made = new();

    private readonly TempDir _dir = new();

    public OpenSsl(string keyAlgorithm = "rsa:2048")
    {
        foreach (var (name, content) in s_made.GetOrAdd(keyAlgorithm, _ => new(() => Make(keyAlgorithm))).Value)
        {
            File.WriteAllBytes(PathOf(name), content);
        }
    }

    private OpenSsl(TempDir dir) => _dir = dir;

    public string PathOf(string name) => _dir.File(name);

    public string Write(string name, string text) => _dir.Write(name, text);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public void Sign(string name, string subject, string issuer, string extension, string algorithm, string validity)
    {
        Run($"req -newkey {algorithm} -nodes -subj {subject} -keyout {name}.key -out {name}.csr"
            + (algorithm == "ec" ? " -pkeyopt ec_paramgen_curve:P-256" : ""));
        Write($"{name}.ext", extension + "\n");
        Run($"x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial {validity} -extfile {name}.ext -out {name}.pem");
    }

    public void Run(string arguments)
    {
        var result = ExternalProgram.TryRun("openssl", _dir.Path, arguments.Split(' '));
        if (result is null)
        {
            Assert.Skip("openssl is not installed: these tests read what it writes.");
        }

        Assert.True(result.ExitCode == 0, $"openssl {arguments}: {result}");
    }

    public void Dispose() => _dir.Dispose();

    private static (string Name, byte[] Content)[] Make(string keyAlgorithm)
    {
        using var openssl = new OpenSsl(new TempDir());
        openssl.MakeChain(keyAlgorithm);
        return [.. Directory.GetFiles(openssl._dir.Path).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
    }

    private void MakeChain(string keyAlgorithm)
    {
        Run("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Root -keyout root.key -out root.pem");
        Sign("intermediate", "/CN=Intermediate", "root", "basicConstraints=critical,CA:TRUE", "rsa:2048", "-days 2");
        Sign("client", "/CN=demo__meb10000", "intermediate", "extendedKeyUsage=clientAuth", keyAlgorithm, "-days 2");
        Run("pkcs12 -export -name demo__meb10000 -in client.pem -inkey client.key -certfile intermediate.pem -out client.p12 -passout pass:store");
    }
}
