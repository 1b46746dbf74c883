using HopsKafka.Common;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Sandbox;

/// <summary>
/// The folder of a sandbox. A marker in it shows that a sandbox wrote it: without one, nothing in a folder is deleted, and with one
/// only what sandboxes write. The marker is locked while the sandbox runs, so that two never share a folder.
/// </summary>
internal sealed class SandboxFolder : IDisposable
{
    /// <summary>Name of the marker file.</summary>
    public const string Marker = ".hops-kafka-sandbox";

    private const string Certificates = "cert";
    private const string KafkaData = "kafka";

    private static readonly string[] s_files =
    [
        "config.toml", $"{Certificates}/keyStore.jks", $"{Certificates}/trustStore.jks", $"{Certificates}/password", $"{Certificates}/keyStore.pem",
        $"{Certificates}/trustStore.pem", $"{Certificates}/apiKeyFile",
    ];

    private readonly FileStream _lock;

    private readonly bool _isTemporary;

    private SandboxFolder(string path, FileStream markerLock, bool isTemporary)
    {
        FullPath = path;
        _lock = markerLock;
        _isTemporary = isTemporary;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Where a real Kafka keeps its data.</summary>
    public string KafkaFolder => Path.Combine(FullPath, KafkaData);

    /// <summary>Creates the folder, or deletes what an earlier sandbox wrote to one with its marker.</summary>
    /// <param name="path">Path of the folder; null for a new temporary one, which <see cref="Dispose"/> deletes with all that is in it.</param>
    /// <exception cref="HopsKafkaException">It is in use, not a sandbox's, a symbolic link, or cannot be written.</exception>
    public static SandboxFolder Claim(string? path) =>
        path is null ? Claim(Directory.CreateTempSubdirectory("hops-kafka-sandbox-").FullName, isTemporary: true) : Claim(path, isTemporary: false);

    private static SandboxFolder Claim(string path, bool isTemporary)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new HopsKafkaException("The sandbox's folder has no name.", "Give --dir the name of a folder.", ExitCode.Usage);
        }

        var full = Path.GetFullPath(path);
        try
        {
            FolderMarker.EnsureNotLink(full);
            PrivateFolder.Create(full);
            var folder = new SandboxFolder(full, Lock(full, path), isTemporary);
            folder.DeleteSandboxFiles();
            return folder;
        }
        catch (Exception e) when (FileErrors.IsAboutFile(e))
        {
            throw new HopsKafkaException(
                $"The folder {path} cannot be used: {e.Message}", "Choose another folder.", ExitCode.Usage, e);
        }
    }

    /// <summary>Writes a file that only the user may read.</summary>
    /// <param name="name">Name relative to the folder: one of those that the next start deletes.</param>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        if (!s_files.Contains(name))
        {
            throw new ArgumentException($"A later sandbox would not delete {name}.", nameof(name));
        }

        var path = Path.Combine(FullPath, name);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        PrivateFolder.Write(path, content);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (_isTemporary && Directory.Exists(FullPath))
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }

    private static FileStream Lock(string folder, string path)
    {
        try
        {
            return FolderMarker.Claim(folder, Marker);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, Marker)))
        {
            throw new HopsKafkaException(
                $"Another sandbox is running in {path}.", "Stop it, or choose another folder.", ExitCode.Usage, e);
        }
    }

    // Checks all paths for links before the first file is deleted.
    private void DeleteSandboxFiles()
    {
        try
        {
            string[] own = [.. s_files.Select(name => Path.Combine(FullPath, name))];
            var certificates = Path.Combine(FullPath, Certificates);
            foreach (var path in (string[])[certificates, KafkaFolder, .. own])
            {
                FolderMarker.EnsureNotLink(path);
            }

            foreach (var path in own.Where(File.Exists))
            {
                File.Delete(path);
            }

            PrivateFolder.Delete(KafkaFolder);
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
