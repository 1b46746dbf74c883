namespace HopsKafka.Plotting;

/// <summary>
/// Prevents other processes from writing the same picture: an exclusively opened file <c>.name.png.lock</c> beside it.
/// The operating system releases it when the process ends, also after a crash.
/// </summary>
internal static class PictureLock
{
    // EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Takes the lock of a picture.</summary>
    /// <returns>The lock, which the caller disposes; null if another process holds it.</returns>
    /// <exception cref="IOException">The folder cannot be written for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream? TryTake(string picture)
    {
        var path = Path.Combine(Path.GetDirectoryName(picture)!, $".{Path.GetFileName(picture)}.lock");
        try
        {
            // With DeleteOnClose, .NET opens the file again if another process deleted it between open and lock.
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            return null;
        }
    }
}
