namespace HopsKafka.Common;

/// <summary>Shows paths as a user would type them.</summary>
internal static class ShortPath
{
    /// <summary>The shorter one of a path and its form relative to the current folder.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The path to show.</returns>
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.Length < path.Length ? relative : path;
    }
}
