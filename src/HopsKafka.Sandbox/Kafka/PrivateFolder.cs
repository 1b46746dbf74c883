namespace HopsKafka.Sandbox.Kafka;

/// <summary>A folder for the data of one start, which only its owner can read.</summary>
internal sealed class PrivateFolder
{
    private const string Marker = ".hops-kafka-broker-data";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, or empties one that an earlier start made.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="HopsKafkaException">The folder holds something else.</exception>
    public PrivateFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            if (!File.Exists(System.IO.Path.Combine(Path, Marker)))
            {
                throw new HopsKafkaException(
                    $"{Path} holds files that are not Kafka's from an earlier start; they stay untouched.",
                    "Choose another folder, or empty this one.", ExitCode.Usage);
            }

            Directory.Delete(Path, recursive: true);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerFolder);
        }

        Write(Marker, "");
    }

    public string Path { get; }

    public void Write(string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var writer = new StreamWriter(System.IO.Path.Combine(Path, name), options);
        writer.Write(text);
    }
}
