using HopsKafka.Common;

namespace HopsKafka.Tool;

/// <summary>The pair: the executables beside this one, else this one with their name as its first word.</summary>
internal static class SiblingTool
{
    public const string Producer = "avro-producer";
    public const string Consumer = "avro-consumer";

    /// <summary>What to start.</summary>
    /// <param name="name">One of the pair.</param>
    /// <returns>The file, and the words before the arguments.</returns>
    public static (string File, string[] Words) Find(string name)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(beside) ? (beside, []) : (Environment.ProcessPath!, [name]);
    }

    /// <summary>How a user would call it from here.</summary>
    /// <param name="name">One of the pair.</param>
    public static string CommandLine(string name)
    {
        var (file, words) = Find(name);
        return string.Join(' ', [ShortPath.Of(file), .. words]);
    }
}
