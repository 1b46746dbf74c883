namespace HopsKafka.Common;

/// <summary>Exit codes, the same for all three tools.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Ok = 0;

    /// <summary>Something failed: a server rejected a request, an event was not delivered, or a check failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was started.</summary>
    public const int Usage = 2;
}
