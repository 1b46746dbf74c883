using System.Security.Cryptography;
using System.Text;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.TestKit;
using HopsKafka.Tests.Fuzzing;
using HopsKafka.Tests.Fuzzing.Mutation;
using HopsKafka.Tests.Fuzzing.Targets;
using Org.BouncyCastle.Asn1;

namespace HopsKafka.Tests.Certificates;

/// <summary>What fuzzing found in the readers of certificates and keys.</summary>
public sealed class HostileStoreSpecs : IDisposable
{
    private const double MostSeconds = 2;

    private static readonly byte[] s_endless = [0x3F, 0xFF, 0xFF, 0xFF];

    private readonly TempDir _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_whose_unencrypted_key_is_damaged_is_reported_as_damaged()
    {
        var store = SampleFile.Bytes("open.p12");
        ReadOnlySpan<byte> keyBag = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x0A, 0x01, 0x01];
        ReadOnlySpan<byte> algorithm = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
        var bag = store.AsSpan().IndexOf(keyBag);
        store[bag + store.AsSpan(bag).IndexOf(algorithm) + algorithm.Length - 1] = 0x7F;

        TestStores.AssertRefused("([project] keystore) is damaged: ", () => LoadStore(store));
    }

    [Fact]
    public void A_store_whose_seal_wants_a_thousand_million_iterations_is_reported_at_once() =>
        AssertQuick(() => TestStores.AssertRefused("an iteration count is beyond reason", () => LoadStore(WithEndlessCount(SampleFile.Bytes("modern.p12")))));

    [Fact]
    public void The_iterations_of_all_parts_of_a_store_share_one_limit()
    {
        var protection = new Pkcs12Protection("");
        protection.Claim(DerInteger.ValueOf(4_000_000));

        Assert.Throws<IOException>(() => protection.Claim(DerInteger.ValueOf(4_000_000)));
    }

    [Fact]
    public void A_PEM_key_that_wants_a_thousand_million_iterations_is_reported_at_once()
    {
        var key = Encoding.ASCII.GetString(SampleFile.Bytes("encrypted.pem"));
        var endless = WithEndlessCount(Convert.FromBase64String(key[PemEncoding.Find(key).Base64Data]));
        var path = _folder.Write("key.pem", PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", endless));

        AssertQuick(() => TestStores.AssertRefused("The password of the private key in ", () => LoadPem(path)));
    }

    [Fact]
    public void A_PEM_key_whose_curve_is_left_to_the_reader_is_reported_as_damaged()
    {
        // The parameters of the algorithm: NULL, where the curve should be.
        var text = Encoding.ASCII.GetString(SampleFile.Bytes("plain.pem"));
        var plain = text[text.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..];
        var key = DerNode.Parse(Convert.FromBase64String(plain[PemEncoding.Find(plain).Base64Data]))!.Single();
        (key.Parts![1].Parts![1].Tag, key.Parts[1].Parts![1].Content) = (5, []);
        var path = _folder.Write("key.pem", PemEncoding.WriteString("PRIVATE KEY", key.Encode()));

        TestStores.AssertRefused("The private key in ", () => LoadPem(path));
    }

    [Fact]
    public void A_PEM_file_whose_first_line_lost_its_end_does_not_show_the_key()
    {
        var key = Encoding.ASCII.GetString(SampleFile.Bytes("encrypted.pem"));
        var path = _folder.Write("key.pem", key.Replace("PRIVATE KEY-----\n", "PRIVATE KEY\n", StringComparison.Ordinal));

        var error = TestStores.AssertRefused("is damaged: a line that starts with '-----BEGIN' does not end with '-----'", () => LoadPem(path));

        Assert.DoesNotContain(key.Split('\n')[1], error.Message, StringComparison.Ordinal);
    }

    private static byte[] WithEndlessCount(byte[] der)
    {
        var root = DerNode.Parse(der)!.Single();
        Counts(root).Last().Content = s_endless;
        return root.Encode();
    }

    // The samples were made with 16 iterations.
    private static IEnumerable<DerNode> Counts(DerNode root) => root.All().Where(n => n is { Tag: 2, Content: [0x10] });

    private void LoadStore(byte[] store)
    {
        var path = _folder.File("ks");
        File.WriteAllBytes(path, store);
        ProjectFiles.Load(
            new ProjectOptions("demo", 1, SampleFile.PathOf("plain.pem"), null, null, null) { KeyStore = path, StorePassword = new Secret(FuzzTarget.Secret) },
            DateTimeOffset.UtcNow);
    }

    private static void LoadPem(string key) => ProjectFiles.Load(
        new ProjectOptions("demo", 1, SampleFile.PathOf("plain.pem"), SampleFile.PathOf("plain.pem"), key, new Secret(FuzzTarget.Secret)), DateTimeOffset.UtcNow);

    private static void AssertQuick(Action work)
    {
        var start = ThreadClock.Now;
        work();
        Assert.InRange((ThreadClock.Now - start).TotalSeconds, 0, MostSeconds);
    }
}
