using System.Diagnostics;

namespace HopsKafka.TestKit;

/// <summary>Looks at a condition of another process until it holds.</summary>
public static class Poll
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Fails when it does not hold within two minutes.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="state">Says how things stand, for the message; null for nothing.</param>
    public static async Task UntilAsync(string what, Func<bool> condition, Func<string>? state = null)
    {
        var time = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(time.Elapsed < s_patience, $"Waited in vain for {what}. {state?.Invoke()}");
            await Task.Delay(s_pause);
        }
    }
}
