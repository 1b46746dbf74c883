using HopsKafka.TestKit;

namespace HopsKafka.Tests.Certificates;

/// <summary>The machine's keytool, run in the folder of an <see cref="OpenSsl"/>. Every store has the password <c>storepass</c>.</summary>
internal static class KeyTool
{
    public const string Password = "storepass";

    public static void Run(OpenSsl openssl, string arguments)
    {
        var result = ExternalProgram.TryRun("keytool", openssl.PathOf("."), ["-J-XX:TieredStopAtLevel=1", .. arguments.Split(' ')]);
        if (result is null)
        {
            Assert.Skip("keytool (Java) is not installed: these tests read what it writes.");
        }

        Assert.True(result.ExitCode == 0, $"keytool {arguments}: {result}");
    }

    /// <summary>Puts the client's key and chain into a store of keytool's.</summary>
    public static void ImportClient(
        OpenSsl openssl, string store, string type, string alias = "Demo__Meb10000", string java = "", string keyPassword = Password) =>
        Run(openssl, $"{java} -importkeystore -srckeystore client.p12 -srcstoretype pkcs12 -srcstorepass store -srcalias demo__meb10000 "
            .TrimStart() + $"-destkeystore {store} -deststoretype {type} -deststorepass {Password} -destkeypass {keyPassword} -destalias {alias} -noprompt");

    /// <summary>Puts a CA into a store of keytool's.</summary>
    public static void ImportAuthority(OpenSsl openssl, string store, string type, string alias, string file) => Run(
        openssl, $"-importcert -keystore {store} -storetype {type} -storepass {Password} -alias {alias} -file {file} -noprompt");
}
