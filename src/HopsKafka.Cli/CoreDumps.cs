using System.Runtime.InteropServices;

namespace HopsKafka.Cli;

/// <summary>Core dumps of this process: a hostile broker can make librdkafka abort, and a dump would hold the private key and the API key.</summary>
internal static partial class CoreDumps
{
    // The same number on Linux and macOS, as is the limit's layout on 64 bits.
    private const int CoreLimit = 4;

    /// <summary>Turns them off, for this process and those that it starts.</summary>
    public static void TurnOff()
    {
        var none = default(Limit);
        if (!OperatingSystem.IsWindows() && setrlimit(CoreLimit, in none) != 0)
        {
            ConsoleLog.Warning(
                $"Core dumps cannot be turned off: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.",
                WarningCodes.CoreDumps,
                remedy: "A dump would contain the private key: set the limit yourself (ulimit -c 0).");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
