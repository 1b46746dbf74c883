using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Waits for a condition.</summary>
public static class Poll
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public static Task UntilAsync(string what, Func<bool> isReached) => UntilAsync(what, () => Task.FromResult(isReached()));

    /// <summary>Asks again and again; an answer that Kafka refuses counts as no.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isReached)
    {
        var clock = Stopwatch.StartNew();
        while (!await AskAsync(isReached))
        {
            Assert.True(clock.Elapsed < s_patience, $"Waited {s_patience.TotalSeconds:0} s for {what}.");
            await Task.Delay(s_pause);
        }
    }

    private static async Task<bool> AskAsync(Func<Task<bool>> isReached)
    {
        try
        {
            return await isReached();
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
