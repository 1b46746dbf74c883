using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace HopsKafka.Sandbox;

/// <summary>Drops repeated messages: those of a client that retries differ only in the port of its address.</summary>
internal static partial class RepeatFilter
{
    public static Action<string>? Of(Action<string>? notice)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        return notice is null ? null : text =>
        {
            if (seen.TryAdd(Port().Replace(text, ":*"), true))
            {
                notice(text);
            }
        };
    }

    [GeneratedRegex(@":\d+")]
    private static partial Regex Port();
}
