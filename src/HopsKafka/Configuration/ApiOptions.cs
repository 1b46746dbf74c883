using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Table <c>[api]</c>: REST API base and key.</summary>
/// <param name="Base">Path of the REST API on the server, <c>/hopsworks-api/api</c> in the tutorial.</param>
/// <param name="Key">The API key if it is in the configuration itself; it wins over the file. Null as well when the file
/// is named by the environment and the key is not.</param>
/// <param name="KeyFile">Absolute path of the file that holds the API key; null when there is none.</param>
internal sealed record ApiOptions(string Base, Secret? Key, string? KeyFile)
{
    /// <summary>The variable of the environment that <see cref="Key"/> comes from; null if it is in the file.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>True when <see cref="Key"/> comes from the environment and <see cref="KeyFile"/> does not: the one is meant to win.</summary>
    public bool IsOverride { get; init; }

    /// <summary>What messages call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;

    /// <summary>Where the key comes from, and what is ignored for it, for messages.</summary>
    public string KeySource => (Key, KeyFile) switch
    {
        (null, _) => $"the key file {KeyFile}",
        (_, null) => KeyName,
        _ => $"{KeyName} ({Names.ApiKeyFile} is ignored while it is set)",
    };

    private string KeyName => KeyVariable is null ? Names.ApiKey : $"the environment variable {KeyVariable}";

    /// <summary>What to warn of when both a key and a key file are set and differ.</summary>
    /// <returns>One line without the keys; null when they are the same, when there is only one, or when the file holds no key.</returns>
    public string? FindConflict()
    {
        try
        {
            return Key is null || KeyFile is null || IsOverride || ReadFile(KeyFile, Names.ApiKeyFile, "").Equals(Key)
                ? null
                : $"{KeyName} and {Names.ApiKeyFile} ({ShortPath.Of(KeyFile)}) hold different API keys: the former is used. Remove one of the two.";
        }
        catch (HopsKafkaException)
        {
            // A file that holds no key is no other key.
            return null;
        }
    }

    /// <summary>The API key: <see cref="Key"/>, or the content of <see cref="KeyFile"/>, read anew at each call.</summary>
    /// <returns>The key without surrounding white space.</returns>
    /// <exception cref="HopsKafkaException">The file is absent, unreadable, empty, or holds something else.</exception>
    public Secret ReadKey() =>
        Key ?? ReadFile(KeyFile!, Names.ApiKeyFile, $"Write the API key to it, or set {Names.SetApiKey}.");

    /// <summary>Reads an API key from a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do when it cannot be read.</param>
    /// <returns>The key without surrounding white space.</returns>
    /// <exception cref="HopsKafkaException">The file is absent, unreadable, empty, or holds something else.</exception>
    public static Secret ReadFile(string path, string setting, string remedy)
    {
        var text = SecretFile.Text(path, setting, remedy).Trim();
        if (!IsKey(text))
        {
            var what = text.Length == 0 ? "is empty" : "holds more than an API key: white space, or letters that no key has";
            throw new HopsKafkaException(
                $"The API key file {path} {what}.", "Put the API key of your Hopsworks account into it.", ExitCode.Usage);
        }

        return new Secret(text);
    }

    /// <summary>True for one word of printable ASCII: what can go into an HTTP header.</summary>
    internal static bool IsKey(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');
}
