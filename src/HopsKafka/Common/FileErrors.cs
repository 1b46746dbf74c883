namespace HopsKafka.Common;

/// <summary>Reasons why a file cannot be used.</summary>
internal static class FileErrors
{
    /// <summary>True for what the system raises when a file cannot be opened, read or written.</summary>
    /// <returns>Whether it is about the file.</returns>
    public static bool IsAboutFile(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Why a file cannot be opened.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="e">What the system raised.</param>
    /// <returns>Words without a full stop, such as <c>there is no such file</c>.</returns>
    public static string Why(string path, Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e switch
        {
            _ when Directory.Exists(path) => "it is a folder",
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            UnauthorizedAccessException => "you may not open it",
            _ => e.Message.TrimEnd('.'),
        };
    }
}
