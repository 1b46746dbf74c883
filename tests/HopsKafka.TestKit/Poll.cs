using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Waits for a condition outside of this process.</summary>
public static class Poll
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Fails when the condition does not hold in time; the message contains <paramref name="state"/>.</summary>
    public static Task UntilAsync(string what, Func<bool> isReached, Func<string>? state = null) =>
        UntilAsync(what, () => Task.FromResult(isReached()), state);

    /// <summary>Polls a condition; an error of Kafka or a timeout counts as not reached.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isReached, Func<string>? state = null, TimeSpan? pause = null)
    {
        var clock = Stopwatch.StartNew();
        var refusal = "";
        while (clock.Elapsed < s_timeout)
        {
            try
            {
                if (await isReached().WaitAsync(s_attempt))
                {
                    return;
                }

                refusal = "";
            }
            catch (Exception e) when (e is KafkaException or TimeoutException)
            {
                refusal = $"The last answer: {e.Message} ";
            }

            await Task.Delay(pause ?? s_interval);
        }

        Assert.Fail($"Waited {s_timeout.TotalSeconds:0} s for {what}. {refusal}{state?.Invoke()}");
    }
}
