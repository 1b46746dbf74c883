using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Diagnostics;

/// <summary>Makes checks one after the other, each within its own time limit and all within a common one.</summary>
/// <param name="told">Told of each result, in order.</param>
internal sealed class CheckRunner(Action<CheckResult> told, CancellationToken stop)
{
    private static readonly TimeSpan s_all = TimeSpan.FromSeconds(27);
    private static readonly TimeSpan s_one = TimeSpan.FromSeconds(11);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<CheckResult> _results = [];

    /// <summary>All results so far.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Time since the first check began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Makes a check and tells its result.</summary>
    /// <typeparam name="T">What later checks need of it.</typeparam>
    /// <returns>What the check gave; null when it did not hold.</returns>
    public async Task<T?> RunAsync<T>(string name, Func<CancellationToken, Task<(T Value, CheckOutcome Finding)>> check)
        where T : class
    {
        var (value, result) = await MeasureAsync(name, check);
        Add(result);
        return value;
    }

    /// <summary>Makes a check that later checks need nothing of.</summary>
    /// <returns>Whether it holds.</returns>
    public async Task<bool> RunAsync(string name, Func<CancellationToken, Task<CheckOutcome>> check) =>
        await RunAsync(name, async token => (name, await check(token))) is not null;

    /// <summary>Makes a check without telling, for those that run side by side.</summary>
    /// <returns>What the check gave, null when it did not hold; and the result.</returns>
    public async Task<(T? Value, CheckResult Result)> MeasureAsync<T>(
        string name, Func<CancellationToken, Task<(T Value, CheckOutcome Finding)>> check)
        where T : class
    {
        var left = s_all - _clock.Elapsed;
        if (left <= TimeSpan.Zero)
        {
            return (null, CheckOutcome.Skipped($"because the {s_all.TotalSeconds:0} s for all checks are over").Result(name, TimeSpan.Zero));
        }

        var clock = Stopwatch.StartNew();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var limit = left < s_one ? left : s_one;
            limited.CancelAfter(limit);

            // librdkafka's calls block and cannot be cancelled: one that hangs is left behind.
            var (value, finding) = await Task.Run(() => check(limited.Token), CancellationToken.None).WaitAsync(limit, stop);
            return (finding.Status is CheckStatus.Ok or CheckStatus.Warning ? value : null, finding.Result(name, clock.Elapsed));
        }
        catch (Exception e) when (Failure(e, clock.Elapsed) is { } failure)
        {
            return (null, failure.Result(name, clock.Elapsed));
        }
    }

    /// <summary>Takes a result of <see cref="MeasureAsync"/>.</summary>
    public void Add(CheckResult result)
    {
        _results.Add(result);
        told(result);
    }

    /// <summary>A check that is not made.</summary>
    public void Skip(string name, string because) => Add(CheckOutcome.Skipped(because).Result(name, TimeSpan.Zero));

    private CheckOutcome? Failure(Exception e, TimeSpan after) => e switch
    {
        _ when stop.IsCancellationRequested => null,
        IHopsKafkaError own => CheckOutcome.Failed(own),
        KafkaException kafka => new CheckOutcome(CheckStatus.Failed, "", $"Kafka refused: {kafka.Error.Reason}."),
        TimeoutException or OperationCanceledException => new CheckOutcome(
            CheckStatus.Failed, "no answer", $"No answer came within {after.TotalSeconds:0} s.", "Try again; if the problem persists, ask the server's administrator."),
        _ => null,
    };
}
