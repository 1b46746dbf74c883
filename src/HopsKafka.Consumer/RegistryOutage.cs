using HopsKafka.Cli;
using HopsKafka.Hopsworks;

namespace HopsKafka.Consumer;

/// <summary>An outage of the registry while an event waits for its schema: logged once, and once when it is over.</summary>
internal sealed class RegistryOutage
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private int _attempts;

    /// <summary>An attempt failed.</summary>
    /// <returns>How long to wait until the next one.</returns>
    public TimeSpan Wait(HopsworksException failure)
    {
        if (_attempts++ == 0)
        {
            ConsoleLog.Warning(
                $"{failure.Message} Waiting for the schema registry: this consumer stays in its group, and no event is skipped.",
                WarningCodes.RegistryUnavailable);
        }

        var back = s_first * Math.Pow(2, Math.Min(_attempts - 1, 10));
        return back < s_longest ? back : s_longest;
    }

    /// <summary>An attempt got a response.</summary>
    public void End()
    {
        if (_attempts > 0)
        {
            ConsoleLog.Info("The schema registry is available again.");
        }

        _attempts = 0;
    }
}
