using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool.Certs;

/// <summary>Finds the passwords: from a file, the environment, or a prompt; never from the command line.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class CertsPasswords(CertsRequest request)
{
    private const string StoreVariable = "HOPSKAFKA_PROJECT__STORE_PASSWORD";
    private const string KeyVariable = "HOPSKAFKA_PROJECT__KEY_PASSWORD";

    /// <summary>The password of the stores and what gave it, for messages.</summary>
    /// <param name="stop">Ends a prompt.</param>
    /// <exception cref="HopsKafkaException">There is no password, and no terminal for a prompt.</exception>
    public async Task<(Secret? Password, string Setting)> GetStorePasswordAsync(CancellationToken stop)
    {
        if (request.StorePasswordFile is { } file)
        {
            return (PasswordFile.Read(file, "--store-password-file"), $"the password file {file}");
        }

        if (FromEnvironment(StoreVariable) is { } variable)
        {
            return (variable, StoreVariable);
        }

        var beside = Path.Combine(Path.GetDirectoryName(request.KeyStore) ?? "", "password");
        if (File.Exists(beside))
        {
            return (PasswordFile.Read(beside, "beside the key store"), $"the password file {beside}, or --store-password-file");
        }

        // A store may have no password; opening it shows whether it has one.
        return CommandContext.Current.IsInputRedirected || !File.Exists(request.KeyStore)
            ? (null, $"--store-password-file or {StoreVariable}")
            : (await AskAsync("Password of the export:", stop), "the password that you typed");
    }

    /// <summary>The password to encrypt the key with; null for no encryption.</summary>
    /// <param name="stop">Ends a prompt.</param>
    /// <exception cref="HopsKafkaException">There is no terminal for a prompt, or the two inputs differ.</exception>
    public async Task<Secret?> GetKeyPasswordAsync(CancellationToken stop)
    {
        if (request.KeyPasswordFile is { } file)
        {
            return PasswordFile.Read(file, "--key-password-file");
        }

        if (!request.AskKeyPassword)
        {
            return FromEnvironment(KeyVariable);
        }

        if (CommandContext.Current.IsInputRedirected)
        {
            throw new HopsKafkaException(
                "Option --ask-key-password needs a terminal.", $"Use --key-password-file or {KeyVariable}.", ExitCode.Usage);
        }

        var password = await AskAsync("Password for the key in keyStore.pem:", stop);
        return password.Equals(await AskAsync("Repeat the password:", stop))
            ? password
            : throw new HopsKafkaException("The two passwords differ.", "Run again.", ExitCode.Usage);
    }

    private static Secret? FromEnvironment(string variable) =>
        CommandContext.Current.Environment.GetValueOrDefault(variable) is { Length: > 0 } text ? new Secret(text) : null;

    private static async Task<Secret> AskAsync(string question, CancellationToken stop) => new(await SecretPrompt.AskAsync(question, stop));
}
