namespace HopsKafka.Sandbox;

/// <summary>
/// The folder of a sandbox. A marker file in it says that a sandbox wrote it: without one, nothing in a folder is ever
/// removed. The marker is locked while the sandbox runs, so that two never share a folder.
/// </summary>
internal sealed class SandboxFolder : IDisposable
{
    /// <summary>Name of the marker file.</summary>
    public const string Marker = ".hops-kafka-sandbox";

    private readonly FileStream _lock;

    private SandboxFolder(string path, FileStream markerLock)
    {
        FullPath = path;
        _lock = markerLock;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Makes the folder, or empties one that carries the marker.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <returns>The folder, empty but for its marker.</returns>
    /// <exception cref="HopsKafkaException">It is in use, not a sandbox's, or cannot be written.</exception>
    public static SandboxFolder Claim(string path)
    {
        var full = Path.GetFullPath(path);
        var marker = Path.Combine(full, Marker);
        try
        {
            if (!Directory.Exists(full))
            {
                CreatePrivate(full);
            }
            else if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(full).Any())
            {
                throw new HopsKafkaException(
                    $"The folder {path} is not empty and was not written by a sandbox, so it is left as it is.",
                    "Choose another folder, or empty it yourself.",
                    ExitCode.Usage);
            }

            var markerLock = Lock(marker, path);
            Empty(full);
            return new SandboxFolder(full, markerLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"The folder {path} cannot be used: {e.Message}", "Choose another folder.", ExitCode.Usage, e);
        }
    }

    /// <summary>Writes a file that only the user may read.</summary>
    /// <param name="name">Name relative to the folder.</param>
    /// <param name="content">Its content.</param>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(FullPath, name);
        CreatePrivate(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string marker, string path)
    {
        try
        {
            return new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(marker))
        {
            throw new HopsKafkaException(
                $"Another sandbox is running in {path}.", "Stop it, or choose another folder.", ExitCode.Usage, e);
        }
    }

    private static void Empty(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => e.Name != Marker))
        {
            if (entry is DirectoryInfo { LinkTarget: null } directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
