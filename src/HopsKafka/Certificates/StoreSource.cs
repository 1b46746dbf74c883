using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Pkcs;

namespace HopsKafka.Certificates;

/// <summary>A key store or trust store on disk, and the names under which the user gave it.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Setting">What names it, for messages: <c>[project] keystore</c>, <c>--keystore</c>.</param>
/// <param name="Password">The store's password; null when none is given.</param>
/// <param name="PasswordSetting">What gives the password, for messages.</param>
internal sealed record StoreSource(string Path, string Setting, Secret? Password, string PasswordSetting)
{
    /// <summary>Password of the key itself, tried before the store's; null when it is the store's.</summary>
    public Secret? KeyPassword { get; init; }

    /// <summary>What gives the key's password, for messages; null when there is no such setting.</summary>
    public string? KeyPasswordSetting { get; init; }

    /// <summary>Which key to take from a store with several; null takes the only one.</summary>
    public string? Alias { get; init; }

    /// <summary>What messages call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;

    /// <summary>What gives the alias, for messages.</summary>
    public string AliasSetting { get; init; } = "";

    internal HopsKafkaException Refuse(string why, string? remedy = null, Exception? inner = null) =>
        new($"{Path} ({Setting}) {why}.", remedy, ExitCode.Usage, inner);

    internal HopsKafkaException NeedsPassword() =>
        Refuse("needs a password, and none is set", $"Set {PasswordSetting} to the password that Hopsworks shows with the export.");

    internal HopsKafkaException WrongPassword(Exception? inner = null) => Refuse(
        "does not open: the password is wrong, or the file was altered",
        $"Correct {PasswordSetting}: it is the password that Hopsworks showed with this very export. If it is right, export again.",
        inner);

    internal HopsKafkaException Altered() =>
        Refuse("is damaged: the password is right, but the content was changed after it was written", CryptoErrors.Again);

    internal HopsKafkaException Truncated() => Refuse("is cut off or damaged: its length does not match its header", CryptoErrors.Again);

    internal HopsKafkaException Damaged(Exception inner) =>
        Refuse($"is damaged: {CryptoErrors.OneLine(inner)}", CryptoErrors.Again, inner);

    // A config.toml of the tutorial may still hold the password of its PEM file, so the store's is tried as well.
    internal PrivateKeyInfo OpenKey(string alias, Func<Secret, PrivateKeyInfo> open)
    {
        Exception? failure = null;
        foreach (var password in new[] { KeyPassword, Password ?? new Secret("") }.OfType<Secret>())
        {
            try
            {
                return open(password);
            }
            catch (Exception e) when (CryptoErrors.Is(e))
            {
                failure = e;
            }
        }

        throw Refuse(
            $"opens, but its key {alias} does not: the key has a password of its own",
            KeyPasswordSetting is null ? "Give the key the store's password: keytool -keypasswd." : $"Set {KeyPasswordSetting} to it.",
            failure);
    }
}
