namespace HopsKafka.Cli;

/// <summary>Where librdkafka's memory comes from in this process.</summary>
internal static class Allocator
{
    private const string Maps = "/proc/self/maps";

    /// <summary>mimalloc where it is loaded, as in the native executables; else that of the system.</summary>
    public static string Name =>
        File.Exists(Maps) && File.ReadLines(Maps).Any(line => line.Contains("libmimalloc", StringComparison.Ordinal)) ? "mimalloc" : "the system's allocator";
}
