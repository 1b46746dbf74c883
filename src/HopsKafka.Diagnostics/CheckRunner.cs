using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Runs checks one after the other, each within a time limit, and all within a total one.</summary>
/// <param name="onResult">Called with each result, in order.</param>
internal sealed class CheckRunner(Action<CheckResult> onResult, CancellationToken stop)
{
    private static readonly TimeSpan s_totalTimeout = TimeSpan.FromSeconds(27);
    private static readonly TimeSpan s_checkTimeout = TimeSpan.FromSeconds(11);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<CheckResult> _results = [];

    /// <summary>All results so far.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Time since the first check began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Runs a check and reports its result.</summary>
    /// <typeparam name="T">The value that later checks need.</typeparam>
    /// <returns>The value; null if the check failed.</returns>
    public async Task<T?> RunAsync<T>(string name, Func<CancellationToken, Task<(T Value, CheckOutcome Outcome)>> check)
        where T : class
    {
        var (value, result) = await MeasureAsync(name, check);
        Add(result);
        return value;
    }

    /// <summary>Runs a check without a value.</summary>
    /// <returns>True if it passed.</returns>
    public async Task<bool> RunAsync(string name, Func<CancellationToken, Task<CheckOutcome>> check) =>
        await RunAsync(name, async token => (name, await check(token))) is not null;

    /// <summary>Runs a check without reporting it, for checks in parallel.</summary>
    /// <returns>The value, null if the check failed; and the result.</returns>
    public async Task<(T? Value, CheckResult Result)> MeasureAsync<T>(
        string name, Func<CancellationToken, Task<(T Value, CheckOutcome Outcome)>> check)
        where T : class
    {
        var left = s_totalTimeout - _clock.Elapsed;
        if (left <= TimeSpan.Zero)
        {
            return (null, CheckOutcome.Skipped($"because the {s_totalTimeout.TotalSeconds:0} s for all checks are over").Result(name, TimeSpan.Zero));
        }

        var clock = Stopwatch.StartNew();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var limit = left < s_checkTimeout ? left : s_checkTimeout;
            limited.CancelAfter(limit);

            // librdkafka's calls block and cannot be canceled: a call that hangs is abandoned.
            var (value, outcome) = await Task.Run(() => check(limited.Token), CancellationToken.None).WaitAsync(limit, stop);
            return (outcome.Status is CheckStatus.Ok or CheckStatus.Warning ? value : null, outcome.Result(name, clock.Elapsed));
        }
        catch (Exception e) when (Failure(e, clock.Elapsed) is { } failure)
        {
            return (null, failure.Result(name, clock.Elapsed));
        }
    }

    /// <summary>Reports a result of <see cref="MeasureAsync"/>.</summary>
    public void Add(CheckResult result)
    {
        _results.Add(result);
        onResult(result);
    }

    /// <summary>Reports a check that is not run.</summary>
    public void Skip(string name, string because) => Add(CheckOutcome.Skipped(because).Result(name, TimeSpan.Zero));

    private CheckOutcome? Failure(Exception e, TimeSpan after) => e switch
    {
        _ when stop.IsCancellationRequested => null,
        IHopsKafkaError own => CheckOutcome.Failed(own),
        KafkaException kafka => new CheckOutcome(CheckStatus.Failed, "", $"Kafka returned an error: {kafka.Error.Reason}."),
        TimeoutException or OperationCanceledException => new CheckOutcome(
            CheckStatus.Failed, "no answer", $"No response within {after.TotalSeconds:0} s.", "Try again; if the problem persists, ask the server's administrator."),
        _ => null,
    };
}
