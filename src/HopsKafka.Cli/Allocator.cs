namespace HopsKafka.Cli;

/// <summary>The native memory allocator of this process.</summary>
internal static class Allocator
{
    private const string Maps = "/proc/self/maps";

    /// <summary>mimalloc if it is loaded, as in the native executables; otherwise the system's.</summary>
    public static string Name =>
        File.Exists(Maps) && File.ReadLines(Maps).Any(line => line.Contains("libmimalloc", StringComparison.Ordinal)) ? "mimalloc" : "the system's allocator";
}
