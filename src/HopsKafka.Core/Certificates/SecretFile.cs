namespace HopsKafka.Certificates;

/// <summary>
/// Reads files that hold nothing but a secret. Whoever writes the secret itself where its file is to be named must not find it in
/// an error: of a path that leads nowhere only the folders that exist are told.
/// </summary>
internal static class SecretFile
{
    /// <summary>The text of a file, without a byte order mark.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do when it cannot be read.</param>
    /// <exception cref="HopsKafkaException">It is missing, a folder, or cannot be read.</exception>
    public static string Text(string path, string setting, string remedy)
    {
        if (!Path.Exists(path))
        {
            throw new HopsKafkaException($"The file that {setting} names cannot be read: {WhyNot(path)}.", remedy, ExitCode.Usage);
        }

        using var reader = new StreamReader(new MemoryStream(StoreFile.Bytes(path, setting, remedy)));
        return reader.ReadToEnd();
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
