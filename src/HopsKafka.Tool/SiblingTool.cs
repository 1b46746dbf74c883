using HopsKafka.Common;

namespace HopsKafka.Tool;

/// <summary>The executables that are built beside this one.</summary>
internal static class SiblingTool
{
    /// <summary>Path of an executable.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="HopsKafkaException">It is not there.</exception>
    public static string PathOf(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(path)
            ? path
            : throw new HopsKafkaException($"{path} is missing.", "Build the whole solution: dotnet build.");
    }

    /// <summary>How a user would call an executable from here.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <returns>Its path relative to the current folder where that is shorter.</returns>
    public static string CommandLine(string name) => ShortPath.Of(PathOf(name));
}
