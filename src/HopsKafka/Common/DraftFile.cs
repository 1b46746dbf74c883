using System.Security.Cryptography;

namespace HopsKafka.Common;

/// <summary>
/// A file that is written beside its place and then renamed, so that readers always see a complete file. Its name is unpredictable,
/// <c>.NAME.xxxxxxxx.tmp</c>, and it must be new: an existing symbolic link is not followed.
/// </summary>
internal sealed class DraftFile : IDisposable
{
    private const int RandomDigits = 8;
    private const string End = ".tmp";

    private readonly string _path;
    private readonly string _draft;
    private bool _isPublished;

    /// <summary>Creates the draft.</summary>
    /// <param name="options">How it is opened; null for a file that others may read as far as the umask allows.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public DraftFile(string path, FileStreamOptions? options = null)
    {
        _path = path;
        _draft = Path.Combine(
            Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}{End}");
        options ??= new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        options.Share = FileShare.Read | FileShare.Delete;
        options.BufferSize = 0;
        Stream = new FileStream(_draft, options);
    }

    /// <summary>The unbuffered stream to write to, also after <see cref="Publish"/>.</summary>
    public FileStream Stream { get; }

    /// <summary>Removes the drafts of killed processes for a path. No running process may write to it.</summary>
    public static void RemoveLeft(string path)
    {
        var start = $".{Path.GetFileName(path)}.";
        var all = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*" + End, all).Where(file => IsDraft(Path.GetFileName(file), start)))
        {
            File.Delete(left);
        }
    }

    /// <summary>Renames the file to its path, atomically.</summary>
    /// <param name="overwrite">Whether it replaces an existing file.</param>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public void Publish(bool overwrite)
    {
        File.Move(_draft, _path, overwrite);
        _isPublished = true;
    }

    /// <summary>Closes the file, and removes it if it was not published.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isPublished)
        {
            File.Delete(_draft);
        }
    }

    private static bool IsDraft(string name, string start) =>
        name.Length == start.Length + RandomDigits + End.Length && name.StartsWith(start, StringComparison.Ordinal)
        && name.Substring(start.Length, RandomDigits).All(char.IsAsciiHexDigitLower);
}
