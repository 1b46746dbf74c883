using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer;

/// <summary>Logs the number of consumers and partitions, and the group's lag, after each rebalance.</summary>
internal sealed class GroupStatusReporter(IConsumer<byte[], byte[]> consumer, string topic, string group, int partitions) : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private Task _update = Task.CompletedTask;
    private string _lastReport = "";

    /// <summary>Requests a report after an assignment.</summary>
    public void Update()
    {
        // One request at a time: the next rebalance starts another.
        if (_update.IsCompleted)
        {
            _update = Task.Run(DescribeAsync);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _update;

    private async Task DescribeAsync()
    {
        try
        {
            using var client = new ConsumerGroupClient(consumer, topic, s_limit);
            var state = await client.DescribeAsync(group);
            if (state.Members is { Count: > 1 } members)
            {
                Report(members.Count, state.Lag);
            }
        }
        catch (HopsKafkaException e)
        {
            ConsoleLog.Detail(e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The end of the run awaits this task: a failed status line must not prevent the last commit.
            ConsoleLog.Warning($"The state of group {group} cannot be looked up ({e.GetType().Name}): {e.Message}", WarningCodes.GroupLookupFailed);
        }
    }

    private void Report(int members, long? lag)
    {
        var idle = members - partitions;
        var text = $"Group {group}: {members} consumers for {partitions} partition{(partitions == 1 ? "" : "s")}"
            + (idle > 0 ? $": {idle} idle{(idle == 1 ? "s" : "")}" : "");
        if (text != _lastReport)
        {
            _lastReport = text;
            ConsoleLog.Report($"{text}; lag {(lag is null ? "unknown" : $"{lag}")}.");
        }
    }
}
