using System.Net;
using Polly;
using Polly.Retry;

namespace HopsKafka.Hopsworks;

/// <summary>Retries with back-off what may succeed later, and nothing else.</summary>
internal static class RetryPolicy
{
    public static ResiliencePipeline<string> Pipeline(HopsworksClientOptions options) =>
        options.MaxAttempts > 1
            ? new ResiliencePipelineBuilder<string>().AddRetry(Strategy(options)).Build()
            : ResiliencePipeline<string>.Empty;

    private static RetryStrategyOptions<string> Strategy(HopsworksClientOptions options) => new()
    {
        MaxRetryAttempts = options.MaxAttempts - 1,
        ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is SchemaRegistryException { IsTransient: true }),
        DelayGenerator = attempt =>
            ValueTask.FromResult<TimeSpan?>(Delay(options, attempt.AttemptNumber, attempt.Outcome.Exception, Random.Shared.NextDouble())),
        OnRetry = attempt =>
        {
            if (attempt.AttemptNumber == 0)
            {
                RestLog.Retries(options.Logger, attempt.Outcome.Exception!.Message);
            }

            return ValueTask.CompletedTask;
        },
    };

    /// <summary>min(random · 2^i · wait, max), or longer when the server asks for it, but never above max.</summary>
    internal static TimeSpan Delay(HopsworksClientOptions options, int retry, Exception? failure, double random)
    {
        var backOff = random * Math.Pow(2, retry) * options.RetryWait;
        var asked = (failure as SchemaRegistryException)?.RetryAfter ?? TimeSpan.Zero;
        var wait = asked > backOff ? asked : backOff;
        return wait < options.RetryMaxWait ? wait : options.RetryMaxWait;
    }
}
