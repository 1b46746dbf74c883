using System.Runtime.CompilerServices;

namespace HopsKafka.TestKit;

/// <summary>Files of the repository that tests compare with.</summary>
public static class Golden
{
    public static string Root { get; } = FindRoot();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, "tests", "golden", name));

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
