namespace HopsKafka.Tests.Packages;

internal static class Repository
{
    /// <summary>Absolute path of the folder with the solution.</summary>
    public static string Path { get; } = Find();

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration { get; } =
        System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "HopsKafka.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no HopsKafka.sln above the tests");
        }

        return folder.FullName;
    }
}
