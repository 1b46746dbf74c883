namespace HopsKafka.Common;

/// <summary>Reasons why a file cannot be used.</summary>
internal static class FileErrors
{
    /// <summary>Whether an exception means that a file cannot be opened, read or written.</summary>
    public static bool IsAboutFile(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Why a file cannot be opened.</summary>
    /// <returns>A clause without a full stop, such as <c>there is no such file</c>.</returns>
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
