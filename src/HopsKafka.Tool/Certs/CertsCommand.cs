using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool.Certs;

/// <summary>The command line of <c>hops-kafka certs</c>. No option takes a password: others could read it in the process list.</summary>
internal static class CertsCommand
{
    private static readonly Option<string> s_dir = new("--dir")
    {
        Description = "Folder of the exported stores.", HelpName = "DIR", DefaultValueFactory = _ => "cert",
    };

    private static readonly Option<string?> s_keyStore = new("--keystore")
    {
        Description = "Key store, JKS or PKCS#12. [default: keyStore.jks in --dir]", HelpName = "FILE",
    };

    private static readonly Option<string?> s_trustStore = new("--truststore")
    {
        Description = "Trust store, JKS or PKCS#12. [default: trustStore.jks in --dir]", HelpName = "FILE",
    };

    private static readonly Option<string?> s_out = new("--out") { Description = "Folder of the PEM files. [default: the folder of --dir]", HelpName = "DIR" };

    private static readonly Option<string?> s_passwordFile = new("--store-password-file")
    {
        Description = "File with the stores' password. [default: HOPSKAFKA_PROJECT__STORE_PASSWORD, the file 'password' beside the key store, or a prompt]",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_alias = new("--key-alias")
    {
        Description = "Key to convert from a store that has several.", HelpName = "NAME",
    };

    private static readonly Option<string?> s_keyPasswordFile = new("--key-password-file")
    {
        Description = "File with the password that encrypts the key in keyStore.pem. [default: HOPSKAFKA_PROJECT__KEY_PASSWORD, or no encryption]",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_askKeyPassword = new("--ask-key-password")
    {
        Description = "Ask for the password that encrypts the key in keyStore.pem.",
    };

    private static readonly Option<bool> s_force = new("--force") { Description = "Overwrite keyStore.pem and trustStore.pem." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("certs", "Converts an exported keyStore.jks and trustStore.jks to keyStore.pem and trustStore.pem.");
        command.AddGroup(HelpGroup.Input, s_dir, s_keyStore, s_trustStore, s_alias);
        command.AddGroup(HelpGroup.Passwords, s_passwordFile, s_keyPasswordFile, s_askKeyPassword);
        command.AddGroup(HelpGroup.Output, s_out, s_force);
        command.AddExample("Convert the stores in the folder cert", "hops-kafka certs");
        command.AddExample("Encrypt the key with a password of your own", "hops-kafka certs --ask-key-password");
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(s_askKeyPassword) && parsed.GetValue(s_keyPasswordFile) is not null)
        {
            throw new HopsKafkaException(
                "Options --ask-key-password and --key-password-file give the same password.", "Use one of the two.", ExitCode.Usage);
        }

        var folder = parsed.GetValue(s_dir)!;
        var request = new CertsRequest(
            parsed.GetValue(s_keyStore) ?? Path.Combine(folder, "keyStore.jks"),
            parsed.GetValue(s_trustStore) ?? Path.Combine(folder, "trustStore.jks"),
            parsed.GetValue(s_out) ?? folder,
            parsed.GetValue(s_passwordFile),
            parsed.GetValue(s_alias),
            parsed.GetValue(s_keyPasswordFile),
            parsed.GetValue(s_askKeyPassword),
            parsed.GetValue(s_force));
        return new CertsConversion(request).RunAsync(stop);
    }
}
