using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.TestKit;

/// <summary>Waits for a condition outside of this process.</summary>
public static class Poll
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Fails when the condition does not hold in time; <paramref name="state"/> says how things stand then.</summary>
    public static Task UntilAsync(string what, Func<bool> isReached, Func<string>? state = null) =>
        UntilAsync(what, () => Task.FromResult(isReached()), state);

    /// <summary>Asks again and again; an answer that Kafka refuses, or that does not come, counts as no.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isReached, Func<string>? state = null, TimeSpan? pause = null)
    {
        var clock = Stopwatch.StartNew();
        var refusal = "";
        while (clock.Elapsed < s_patience)
        {
            try
            {
                if (await isReached().WaitAsync(s_answer))
                {
                    return;
                }

                refusal = "";
            }
            catch (Exception e) when (e is KafkaException or TimeoutException)
            {
                refusal = $"The last answer: {e.Message} ";
            }

            await Task.Delay(pause ?? s_pause);
        }

        Assert.Fail($"Waited {s_patience.TotalSeconds:0} s for {what}. {refusal}{state?.Invoke()}");
    }
}
