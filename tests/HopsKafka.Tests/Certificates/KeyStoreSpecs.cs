using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;

namespace HopsKafka.Tests.Certificates;

/// <summary>Key stores that the machine's own keytool and openssl wrote.</summary>
[Trait("Category", "Slow")]
public sealed class KeyStoreSpecs
{
    private const string Openssl = "pkcs12 -export -name demo__meb10000 -in client.pem -inkey client.key -certfile intermediate.pem -out ks "
        + "-passout pass:storepass ";

    [Theory]
    [InlineData("rsa:2048", "JKS", "")]
    [InlineData("ec", "JKS", "")]
    [InlineData("rsa:2048", "PKCS12", "")]
    [InlineData("ec", "PKCS12", "")]
    [InlineData("rsa:2048", "PKCS12", "-J-Dkeystore.pkcs12.legacy=true")]
    [InlineData("ec", "PKCS12", "-J-Dkeystore.pkcs12.legacy=true")]
    public void What_keytool_writes_loads(string algorithm, string type, string java)
    {
        using var openssl = new OpenSsl(algorithm);
        KeyTool.ImportClient(openssl, "ks", type, java: java);
        KeyTool.ImportAuthority(openssl, "ts", type, "hops_root_ca", "root.pem");

        var certificates = TestStores.Load(openssl, alias: "DEMO__meb10000");

        TestStores.AssertUsable(certificates);
        Assert.Equal(["CN=demo__meb10000", "CN=Intermediate"], TestStores.Subjects(certificates.CertificatePem));
        Assert.Equal(["CN=Root"], TestStores.Subjects(certificates.CaPem));
    }

    [Theory]
    [InlineData("rsa:2048", "")]
    [InlineData("ec", "")]
    [InlineData("rsa:2048", "-legacy")]
    [InlineData("ec", "-legacy")]
    [InlineData("rsa:2048", "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1")]
    [InlineData("rsa:2048", "-legacy -descert")]
    [InlineData("rsa:2048", "-keypbe NONE -certpbe NONE")]
    [InlineData("rsa:2048", "-nomac")]
    [InlineData("rsa:2048", "-macalg sha512 -keypbe AES-128-CBC -certpbe AES-192-CBC")]
    [InlineData("ed25519", "")]
    public void What_openssl_writes_loads(string algorithm, string form)
    {
        using var openssl = new OpenSsl(algorithm);
        openssl.Run((Openssl + form).TrimEnd());

        var certificates = TestStores.LoadKey(openssl, "ks", KeyTool.Password);

        Assert.Equal(["CN=demo__meb10000", "CN=Intermediate"], TestStores.Subjects(certificates.CertificatePem));
        if (algorithm != "ed25519")
        {
            TestStores.AssertUsable(certificates);
        }
    }

    [Theory]
    [InlineData("påss€wörd", "")]
    [InlineData("påss€wörd", "-legacy")]
    [InlineData("", "")]
    [InlineData("", "-legacy")]
    public void Passwords_of_every_spelling_open(string password, string form)
    {
        using var openssl = new OpenSsl();
        openssl.Run((Openssl.Replace("pass:storepass", $"pass:{password}", StringComparison.Ordinal) + form).TrimEnd());

        var certificates = TestStores.LoadKey(openssl, "ks", password.Length == 0 ? null : password);

        TestStores.AssertUsable(certificates);
    }

    [Fact]
    public void The_key_of_a_store_with_several_is_chosen_by_its_alias_as_keytool_compares_it()
    {
        using var openssl = new OpenSsl();
        KeyTool.Run(openssl, "-genkeypair -keystore ks -storetype JKS -storepass storepass -keypass storepass -alias Other -dname CN=Other -keyalg RSA");
        KeyTool.ImportClient(openssl, "ks", "JKS");
        KeyTool.ImportAuthority(openssl, "ks", "JKS", "ca", "root.pem");

        Assert.Equal("CN=demo__meb10000", TestStores.LoadKey(openssl, "ks", KeyTool.Password, "demo__MEB10000").Subject);
        Assert.Equal("CN=Other", TestStores.LoadKey(openssl, "ks", KeyTool.Password, "other").Subject);
        TestStores.AssertRefused("holds 2 private keys: ", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password));
        TestStores.AssertRefused("holds no private key third, only ", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password, "Third"));
        TestStores.AssertRefused(
            "holds a certificate under ca and no private key", () => TestStores.LoadKey(openssl, "ks", KeyTool.Password, "CA"));
    }

    [Fact]
    public void A_key_with_a_password_of_its_own_opens_with_key_password()
    {
        using var openssl = new OpenSsl();
        KeyTool.ImportClient(openssl, "ks", "JKS", keyPassword: "another");

        TestStores.AssertUsable(TestStores.LoadKey(openssl, "ks", KeyTool.Password, keyPassword: "another"));
        TestStores.AssertUsable(TestStores.LoadKey(openssl, "client.p12", "store", keyPassword: "left over from a PEM file"));
        TestStores.AssertRefused(
            "opens, but its key demo__meb10000 does not: the key has a password of its own",
            () => TestStores.LoadKey(openssl, "ks", KeyTool.Password));
    }

    [Theory]
    [InlineData("JKS")]
    [InlineData("PKCS12")]
    public void Every_CA_of_keytools_trust_store_counts(string type)
    {
        using var openssl = new OpenSsl();
        string[] names = ["one", "two", "three"];
        foreach (var name in names)
        {
            TestStores.NewRoot(openssl, name);
            KeyTool.ImportAuthority(openssl, "ts", type, name, $"{name}.pem");
        }

        var trusted = TestStores.LoadTrust(openssl, "ts");

        Assert.Equal(["CN=one", "CN=three", "CN=two"], trusted.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -legacy")]
    [InlineData(" -caname same -caname same -caname same")]
    public void Every_CA_of_openssls_trust_store_counts_without_names_and_with_equal_ones(string form)
    {
        using var openssl = new OpenSsl();
        string[] names = ["one", "two", "three"];
        foreach (var name in names)
        {
            TestStores.NewRoot(openssl, name);
        }

        openssl.Write("all.pem", string.Concat(names.Select(name => openssl.Read($"{name}.pem"))));
        openssl.Run($"pkcs12 -export -nokeys -in all.pem -out ts -passout pass:storepass{form}");

        Assert.Equal(["CN=one", "CN=two", "CN=three"], TestStores.LoadTrust(openssl, "ts"));
    }

    [Fact]
    public void A_pem_file_in_the_place_of_a_store_is_taken_as_one()
    {
        using var openssl = new OpenSsl();
        openssl.Run("pkcs12 -in client.p12 -passin pass:store -out ks -passout pass:storepass");
        File.Copy(openssl.PathOf("root.pem"), openssl.PathOf("ts"));

        var certificates = TestStores.Load(openssl);

        TestStores.AssertUsable(certificates);
        Assert.Equal(["CN=Root"], TestStores.Subjects(certificates.CaPem));
    }

    [Fact]
    public void Loading_writes_nothing_to_the_disk()
    {
        using var openssl = new OpenSsl();
        openssl.Run(Openssl.TrimEnd());
        var before = Directory.GetFileSystemEntries(openssl.PathOf("."));

        TestStores.LoadKey(openssl, "ks", KeyTool.Password);

        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(openssl.PathOf(".")).Order());
    }
}
