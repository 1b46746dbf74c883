using HopsKafka.Common;
using HopsKafka.TestKit;
using Org.BouncyCastle.Security;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HopsKafka.Tests.Certificates;

/// <summary>Each mistake with a key store has a sentence of its own.</summary>
public sealed class StoreMistakeSpecs
{
    private const string WriteKeyStore =
        "pkcs12 -export -name me -in client.pem -inkey client.key -certfile intermediate.pem -out ks -passout pass:storepass";

    public static TheoryData<string, byte[], string> OtherFiles => new()
    {
        { "empty", [], "is empty" },
        { "a login page", [.. "\r\n <!DOCTYPE html><html>log in</html>"u8], "is a web page (HTML or XML), perhaps a login page" },
        { "with a mark", [0xEF, 0xBB, 0xBF, .. "<html>"u8], "is a web page" },
        { "JCEKS", [0xCE, 0xCE, 0xCE, 0xCE, 0, 0, 0, 2, 0, 0, 0, 0], "is a Java key store of the type JCEKS" },
        { "BKS", [0, 0, 0, 2, 0, 0, 0, 20, 1, 2, 3], "is a BouncyCastle key store (BKS)" },
        { "Base64 of JKS", [.. "/u3+7QAAAAIAAAAB"u8], "is Base64 text" },
        { "JSON", [.. "{\"errorCode\":200003}"u8], "is neither a JKS, nor a PKCS#12, nor a PEM file" },
        { "a digit", [0x30], "is neither a JKS, nor a PKCS#12, nor a PEM file" },
        { "DER", [0x30, 0x82, 0, 4, 0x30, 0x82, 0, 0], "is binary DER and no key store" },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Another_file_in_place_of_the_store_is_named_for_what_it_is(string what, byte[] bytes, string expected)
    {
        using var openssl = new OpenSsl();
        File.WriteAllBytes(openssl.PathOf("ks"), bytes);

        var error = TestStores.AssertRefused(expected, () => TestStores.LoadKey(openssl, "ks", KeyTool.Password));

        Assert.Contains("([project] keystore)", error.Message, StringComparison.Ordinal);
        Assert.NotNull(what);
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_reported()
    {
        using var openssl = new OpenSsl();

        TestStores.AssertRefused("it is a folder", () => TestStores.LoadKey(openssl, ".", KeyTool.Password));
        TestStores.AssertRefused("there is no such file", () => TestStores.LoadKey(openssl, "absent.jks", KeyTool.Password));
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    public void A_wrong_password_is_distinguished_from_none(string type)
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportClient(openssl, "ks", type);
        KeyTool.ImportAuthority(openssl, "ts", type, "ca", "root.pem");

        TestStores.AssertRefused("does not open: the password is wrong", () => TestStores.LoadKey(openssl, "ks", "hunter2"));
        TestStores.AssertRefused("does not open: the password is wrong", () => TestStores.LoadTrust(openssl, "ts", "hunter2"));
        TestStores.AssertRefused("needs a password, and none is set", () => TestStores.LoadKey(openssl, "ks", null));
        TestStores.AssertRefused("needs a password, and none is set", () => TestStores.LoadTrust(openssl, "ts", null));
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    public void A_store_that_is_cut_off_anywhere_is_refused_and_never_called_a_wrong_password(string type)
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportClient(openssl, "whole", type);
        var whole = File.ReadAllBytes(openssl.PathOf("whole"));

        for (var length = 16; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(openssl.PathOf("ks"), whole[..length]);

            TestStores.AssertRefused("is cut off or damaged", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password));
        }
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    [Trait("Category", "Slow")]
    public void A_store_with_any_byte_changed_never_loads_and_never_shows_a_defect(string type)
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportClient(openssl, "whole", type);
        var whole = File.ReadAllBytes(openssl.PathOf("whole"));
        var altered = 0;

        for (var at = 4; at < whole.Length; at += 61)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 0x55;
            File.WriteAllBytes(openssl.PathOf("ks"), bytes);

            var error = Assert.Throws<HopsKafkaException>(() => TestStores.LoadKey(openssl, "ks", KeyTool.Password));
            altered += error.Message.Contains("the password is right, but the content was changed", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(altered > whole.Length / 61 / 3, $"{altered} of {whole.Length / 61} were distinguished from a wrong password");
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    public void The_two_stores_in_each_others_place_are_reported(string type)
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportClient(openssl, "ks", type);
        KeyTool.ImportAuthority(openssl, "ts", type, "ca", "root.pem");

        TestStores.AssertRefused("holds no private key, only one certificate", () => TestStores.LoadKey(openssl, "ts", KeyTool.Password));
        TestStores.AssertRefused(
            type == "JKS" ? "holds no CA certificate, only a private key" : "holds no root CA certificate, only CN=demo__meb10000",
            () => TestStores.LoadTrust(openssl, "ks"));
    }

    [Fact]
    public void A_trust_store_without_a_root_or_without_anything_is_refused()
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportAuthority(openssl, "ts", "JKS", "ca", "intermediate.pem");
        File.WriteAllBytes(openssl.PathOf("none"), Jks(_ => { }));

        TestStores.AssertRefused("holds no root CA certificate, only CN=Intermediate, issued by CN=Root", () => TestStores.LoadTrust(openssl, "ts"));
        TestStores.AssertRefused("holds no certificate", () => TestStores.LoadTrust(openssl, "none"));
    }

    [Fact]
    public void A_key_without_its_certificate_is_refused()
    {
        using var openssl = new OpenSsl();
        openssl.Run("pkcs12 -export -nocerts -inkey client.key -out bare -passout pass:storepass");
        openssl.Run("pkcs12 -export -nocerts -inkey client.key -in client.pem -out named -passout pass:storepass");
        var (key, other) = (Key(openssl.Read("client.key")), Certificate(openssl.Read("intermediate.pem")));
        File.WriteAllBytes(openssl.PathOf("alone"), Jks(store => store.SetKeyEntry("me", key, KeyTool.Password.ToCharArray(), [])));
        File.WriteAllBytes(openssl.PathOf("other"), Jks(store => store.SetKeyEntry("me", key, KeyTool.Password.ToCharArray(), [other])));

        TestStores.AssertRefused("holds no certificate beside its private key", () => TestStores.LoadKey(openssl, "bare", KeyTool.Password));
        TestStores.AssertRefused("holds no certificate beside its private key", () => TestStores.LoadKey(openssl, "alone", KeyTool.Password));
        TestStores.AssertRefused(
            "holds a private key that does not belong to its certificate (CN=Intermediate)",
            () => TestStores.LoadKey(openssl, "other", KeyTool.Password));
    }

    [Fact]
    public void Certificates_that_have_expired_or_are_not_valid_yet_are_reported()
    {
        using var openssl = new OpenSsl();
        openssl.Run(WriteKeyStore);
        KeyTool.ImportAuthority(openssl, "ts", "JKS", "ca", "root.pem");

        TestStores.AssertRefused("CN=demo__meb10000", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password, shift: TimeSpan.FromDays(3)));
        TestStores.AssertRefused("expired on", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password, shift: TimeSpan.FromDays(3)));
        TestStores.AssertRefused("is not valid before", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password, shift: TimeSpan.FromDays(-1)));
        TestStores.AssertRefused("CN=Root in", () => TestStores.LoadTrust(openssl, "ts", shift: TimeSpan.FromDays(3)));
    }

    [Theory]
    [InlineData("ca_file", "truststore")]
    [InlineData("certificate_file", "keystore")]
    public void A_store_in_the_place_of_a_pem_file_is_sent_to_its_own_key(string setting, string key)
    {
        using var openssl = new OpenSsl();
        openssl.Run(WriteKeyStore);

        var error = TestStores.AssertRefused(
            "is a PKCS#12 key store and no PEM file", () => HopsKafka.Certificates.PemFile.Read(openssl.PathOf("ks"), $"[project] {setting}"));

        Assert.StartsWith($"Name it by {key}, with store_password_file", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    [InlineData("one\ntwo\n", "holds more than one line")]
    public void A_password_file_holds_one_line(string text, string expected)
    {
        using var dir = new TempDir();
        var path = dir.Write("password", text);

        TestStores.AssertRefused(expected, () => HopsKafka.Certificates.PasswordFile.Read(path, "x"));
        Assert.Equal("a b ", HopsKafka.Certificates.PasswordFile.Read(dir.Write("good", "a b \r\n"), "x").Reveal());
    }

    private static byte[] Jks(Action<JksStore> fill)
    {
        var store = new JksStore();
        fill(store);
        using var stream = new MemoryStream();
        store.Save(stream, KeyTool.Password.ToCharArray());
        return stream.ToArray();
    }

    private static Org.BouncyCastle.Crypto.AsymmetricKeyParameter Key(string pem)
    {
        using var reader = new Org.BouncyCastle.OpenSsl.PemReader(new StringReader(pem));
        return (Org.BouncyCastle.Crypto.AsymmetricKeyParameter)reader.ReadObject();
    }

    private static BouncyCertificate Certificate(string pem)
    {
        using var reader = new Org.BouncyCastle.OpenSsl.PemReader(new StringReader(pem));
        return (BouncyCertificate)reader.ReadObject();
    }
}
