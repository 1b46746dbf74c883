using System.Security.Cryptography;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Sandbox;

/// <summary>
/// The file that marks a folder as written by a sandbox: a random id and the folder's identity. A marker of another origin or of a copied
/// folder is not valid.
/// </summary>
internal static class FolderMarker
{
    private const int IdLength = 32;

    /// <summary>Fails when a path is a symbolic link, whatever it points to.</summary>
    /// <param name="path">The path; nothing needs to be there.</param>
    /// <exception cref="HopsKafkaException">It is a link.</exception>
    public static void EnsureNotLink(string path)
    {
        if (new FileInfo(Path.TrimEndingDirectorySeparator(path)).LinkTarget is not null)
        {
            throw new HopsKafkaException(
                $"{path} is a symbolic link; a sandbox writes and deletes nothing behind one.", "Choose another folder, or remove the link.", ExitCode.Usage);
        }
    }

    /// <summary>The failure of a folder that is not a sandbox's.</summary>
    /// <param name="folder">Its absolute path.</param>
    public static HopsKafkaException Foreign(string folder) => new(
        $"The folder {folder} is not empty and was not written by a sandbox, so it was not changed.",
        "Choose another folder, or empty it yourself.",
        ExitCode.Usage);

    /// <summary>Opens or creates the marker of a folder that belongs to a sandbox, or is empty. It is locked until the stream is closed.</summary>
    /// <param name="folder">Absolute path of the folder.</param>
    /// <exception cref="HopsKafkaException">The folder is not a sandbox's.</exception>
    /// <exception cref="IOException">The marker cannot be opened; another process may hold it.</exception>
    public static FileStream Claim(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        EnsureNotLink(path);
        if (!File.Exists(path) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw Foreign(folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var isNew = !File.Exists(path);
        var marker = new FileStream(path, options);
        try
        {
            if (isNew)
            {
                marker.Write(Encoding.ASCII.GetBytes($"{RandomNumberGenerator.GetHexString(IdLength, lowercase: true)} {FileIdentity.Of(folder).Id}\n"));
                marker.Flush();
            }
            else if (!IsOf(folder, path, marker))
            {
                throw Foreign(folder);
            }

            return marker;
        }
        catch
        {
            marker.Dispose();
            throw;
        }
    }

    private static bool IsOf(string folder, string path, FileStream marker)
    {
        var text = new StreamReader(marker, Encoding.ASCII).ReadLine() ?? "";
        var identity = FileIdentity.Of(folder);
        return text.Length > IdLength && text[..IdLength].All(char.IsAsciiHexDigitLower) && text[IdLength..] == $" {identity.Id}"
            && identity.IsOwn && FileIdentity.Of(path).IsOwn;
    }
}
