using HopsKafka.Certificates;

namespace HopsKafka.Configuration;

/// <summary>Table <c>[api]</c>: REST API base and key.</summary>
/// <param name="Base">Path of the REST API on the server, <c>/hopsworks-api/api</c> in the tutorial.</param>
/// <param name="Key">The API key when it stands in the configuration itself; it wins over the file.</param>
/// <param name="KeyFile">Absolute path of the file that holds the API key; null when there is none.</param>
public sealed record ApiOptions(string Base, Secret? Key, string? KeyFile)
{
    /// <summary>The API key: <see cref="Key"/>, or the content of <see cref="KeyFile"/>, read anew at each call.</summary>
    /// <returns>The key without surrounding white space.</returns>
    /// <exception cref="HopsKafkaException">The file is absent, unreadable, empty, or holds something else.</exception>
    public Secret ReadKey() =>
        Key ?? ReadFile(KeyFile!, "[api] key_file", "Write the API key to it, or set [api] key or HOPSKAFKA_API__KEY.");

    /// <summary>Reads an API key from a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do when it cannot be read.</param>
    /// <returns>The key without surrounding white space.</returns>
    /// <exception cref="HopsKafkaException">The file is absent, unreadable, empty, or holds something else.</exception>
    public static Secret ReadFile(string path, string setting, string remedy)
    {
        // As text, so that a byte order mark does not become part of the key.
        using var reader = new StreamReader(new MemoryStream(StoreFile.Bytes(path, setting, remedy)));
        var text = reader.ReadToEnd().Trim();
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
