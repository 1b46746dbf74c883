using System.Reflection;

namespace HopsKafka.TestKit;

/// <summary>Where the published tools are.</summary>
public static class ToolFolder
{
    /// <summary>With a separator at its end.</summary>
    public static string Path { get; } = typeof(ToolFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ToolFolder").Value!;

    /// <summary>A tool's executable.</summary>
    public static string PathOf(string tool) => System.IO.Path.Combine(Path, tool);
}
