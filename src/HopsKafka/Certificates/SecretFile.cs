using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>
/// Reads files that hold nothing but a secret, and checks names of others. Whoever writes the secret itself where its file is to be named must not find it in
/// an error: of a path that does not exist, only the existing folders are reported.
/// </summary>
internal static class SecretFile
{
    private const int LongestExtension = 5;

    /// <summary>The text of a file, without a byte order mark.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do when it cannot be read.</param>
    /// <exception cref="HopsKafkaException">It is missing, a folder, or cannot be read.</exception>
    public static string Text(string path, string setting, string remedy)
    {
        RefuseMissing(path, setting, remedy, isSecret: true);
        using var reader = new StreamReader(new MemoryStream(StoreFile.Bytes(path, setting, remedy)));
        return reader.ReadToEnd();
    }

    /// <summary>Refuses a path that leads nowhere, unless its last part is plainly a file's name.</summary>
    /// <param name="path">The path.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="isSecret">Whether the file holds nothing but a secret: then no name is plain enough.</param>
    /// <exception cref="HopsKafkaException">There is no such file.</exception>
    public static void RefuseMissing(string path, string setting, string remedy, bool isSecret)
    {
        if (!Path.Exists(path) && (isSecret || Path.GetExtension(path).Length is 0 or > LongestExtension))
        {
            throw new HopsKafkaException($"The file that {setting} names cannot be read: {WhyNot(path)}.", remedy, ExitCode.Usage);
        }
    }

    private static string WhyNot(string path)
    {
        var folder = path.Length > 0 ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
        var what = "file";
        while (folder is not null && !Directory.Exists(folder))
        {
            (folder, what) = (Path.GetDirectoryName(folder), "folder");
        }

        return folder is null ? "there is no such file" : $"{folder} holds no such {what}";
    }
}
