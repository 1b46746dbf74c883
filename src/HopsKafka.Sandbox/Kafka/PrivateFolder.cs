using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>A folder for the data of one start of a real Kafka, which only its owner can read.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Marker = ".hops-kafka-broker-data";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What a start writes, the brokers included.
    private static readonly string[] s_files = ["*.pem", "log4j2.xml", "broker-*.properties", "broker-*.log", "format-*.log"];
    private static readonly string[] s_folders = ["data-*"];

    private readonly FileStream _lock;

    /// <summary>Creates the folder, or deletes what an earlier start wrote to it.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="HopsKafkaException">The folder holds something else, or is a symbolic link.</exception>
    public PrivateFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        FolderMarker.EnsureNotLink(Path);
        Create(Path);
        _lock = Claim(Path);
    }

    public string Path { get; }

    /// <summary>Creates a folder for its owner only, if it does not exist.</summary>
    /// <param name="path">Where.</param>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }

    /// <summary>Writes a new file for its owner alone.</summary>
    /// <param name="path">Where.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }

    /// <summary>Deletes what an earlier start wrote, and the folder if nothing else is in it.</summary>
    /// <param name="path">Absolute path of the folder; it need not be there.</param>
    /// <exception cref="HopsKafkaException">No start wrote it.</exception>
    public static void Delete(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        using (Claim(path))
        {
            File.Delete(System.IO.Path.Combine(path, Marker));
        }

        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    /// <summary>Writes a new file.</summary>
    /// <param name="name">Its name: one of those that the next start deletes.</param>
    public void Write(string name, string text) => Write(System.IO.Path.Combine(Path, name), Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Claim(string path)
    {
        var marker = FolderMarker.Claim(path, Marker);
        foreach (var file in s_files.SelectMany(pattern => Directory.EnumerateFiles(path, pattern)).ToList())
        {
            File.Delete(file);
        }

        foreach (var folder in s_folders.SelectMany(pattern => Directory.EnumerateDirectories(path, pattern)).ToList())
        {
            FolderMarker.EnsureNotLink(folder);
            Directory.Delete(folder, recursive: true);
        }

        return marker;
    }
}
