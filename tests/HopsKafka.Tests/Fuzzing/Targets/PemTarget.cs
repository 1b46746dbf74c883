using System.Security.Cryptography;
using System.Text;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Tests.Certificates;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>PEM files: with certificates, as all three of the configuration; others as that of the key.</summary>
internal sealed class PemTarget : FuzzTarget
{
    private static readonly DateTimeOffset s_now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_names = ["plain.pem", "encrypted.pem", "traditional.pem"];

    private readonly TextMutator _text = new(
        [.. s_names.Append("rsa.pem").Append("scrypt.pem").Select(n => Encoding.UTF8.GetString(SampleFile.Bytes(n)))],
        "-----", "-----BEGIN ", "-----END ", "PRIVATE KEY", "ENCRYPTED", "CERTIFICATE", "EC PARAMETERS", "RSA ", "PUBLIC KEY", "CERTIFICATE REQUEST", "PKCS7", "X509 CRL",
        "TRUSTED CERTIFICATE", "\nProc-Type: 4,ENCRYPTED\n", "\nDEK-Info: AES-128-CBC,00\n", "\nDEK-Info: X\n", "\nDEK-Info: DES-EDE3-CBC,0011223344556677\n\n", "OPENSSH PRIVATE KEY");

    public PemTarget()
        : base("pem")
    {
    }

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_names.Select(SampleFile.Bytes)];

    // Reported as encrypted in a way that is not supported.
    private static readonly byte[] s_scrypt = SampleFile.Bytes("scrypt.pem");

    public override IEnumerable<string> SecretsOf(byte[] input) => [Secret, .. KeyLines(input)];

    public override string Run(byte[] input)
    {
        var path = Folder.File("mixed.pem");
        File.WriteAllBytes(path, input);
        var all = Encoding.UTF8.GetString(input).Contains("CERTIFICATE", StringComparison.Ordinal) ? path : SampleFile.PathOf("plain.pem");
        var asFiles = Capture(() => ProjectFiles.Load(new ProjectOptions("demo", 1, all, all, path, new Secret(Secret)), s_now));
        var store = new ProjectOptions("demo", 1, all, null, null, null) { KeyStore = path, StorePassword = new Secret(Secret) };
        return asFiles + (asFiles.Length > 0 ? Capture(() => ProjectFiles.Load(store, s_now)) : "");
    }

    protected override byte[] Make(Random random)
    {
        var sample = random.Next(Samples.Count + 1);
        if (random.Next(3) == 0)
        {
            return _text.Make(random);
        }

        var text = Encoding.UTF8.GetString(sample < Samples.Count ? Samples[sample] : s_scrypt);
        var blocks = text.Split("-----BEGIN ", StringSplitOptions.RemoveEmptyEntries);
        var block = random.Next(blocks.Length);
        blocks[block] = Damaged(random, blocks[block]);
        return Encoding.UTF8.GetBytes("-----BEGIN " + string.Join("-----BEGIN ", blocks));
    }

    // The bytes below the Base64; a block with headers keeps the text.
    private static string Damaged(Random random, string block)
    {
        var text = "-----BEGIN " + block;
        return PemEncoding.TryFind(text, out var fields)
            ? text[fields.Label][..] + "-----\n" + Convert.ToBase64String(
                DerMutator.Mutate(random, Convert.FromBase64String(text[fields.Base64Data])), Base64FormattingOptions.InsertLineBreaks).Replace("\r", "", StringComparison.Ordinal)
                + $"\n-----END {text[fields.Label]}-----\n"
            : block[..random.Next(block.Length)];
    }

    // What stands in a whole block that says it is a private key.
    private static IEnumerable<string> KeyLines(byte[] input) => Encoding.UTF8.GetString(input).Split("PRIVATE KEY-----\n").Skip(1)
        .SelectMany(key => key.Split('\n').TakeWhile(line => !line.StartsWith('-'))).Where(line => line.Length is >= 40 and < 100).Take(5);
}
