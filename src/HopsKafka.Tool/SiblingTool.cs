using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool;

/// <summary>Finds avro-producer and avro-consumer: the executables beside this one, otherwise this one with their name as its first argument.</summary>
internal static class SiblingTool
{
    public const string Producer = "avro-producer";
    public const string Consumer = "avro-consumer";
    public const string HopsKafka = "hops-kafka";

    /// <summary>What to start.</summary>
    /// <param name="name">avro-producer or avro-consumer.</param>
    /// <returns>The file, and the words to put before its arguments.</returns>
    public static (string File, string[] Words) Find(string name)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(beside) ? (beside, []) : (Environment.ProcessPath!, name == HopsKafka ? [] : [name]);
    }

    /// <summary>How to run it from a shell: by its name if PATH finds this very file, otherwise by its path.</summary>
    /// <param name="name">One of the tools.</param>
    public static string CommandLine(string name)
    {
        var (file, words) = Find(name);
        return string.Join(' ', [IsOnPath(file) ? Path.GetFileNameWithoutExtension(file) : PathOf(file), .. words]);
    }

    // A shell looks for a bare name on PATH, not in the current folder.
    private static string PathOf(string file) =>
        ShortPath.Of(file) is var path && Path.GetFileName(path) == path ? Path.Combine(".", path) : path;

    // Another installation that PATH finds first would be another version.
    private static bool IsOnPath(string file)
    {
        var folders = CommandContext.Current.Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = folders.Select(folder => Path.Combine(folder, Path.GetFileName(file))).FirstOrDefault(File.Exists);
        return found is not null && Target(found) == Target(file);
    }

    // A package manager may put a link on PATH.
    private static string Target(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
}
