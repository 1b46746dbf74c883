using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Cli;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer.Statistics;

/// <summary>Counts what a run does, for programs that watch it. Thread-safe.</summary>
internal sealed class RunStatistics(EventCounts counts, DecodeErrorHandler desk) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    // The consumer must not be closed while its brokers are asked.
    private readonly SemaphoreSlim _gate = new(1);
    private IAdminClient? _admin;
    private TopicOffsets? _offsets;
    private AssignedPartitions? _held;
    private ConnectionMonitor? _watch;
    private long _commits;
    private long _failedCommits;

    /// <summary>A consumer begins.</summary>
    /// <param name="held">The partitions that it holds.</param>
    /// <param name="watch">Knows its connections.</param>
    public void Attach(IConsumer<byte[], byte[]> consumer, AssignedPartitions held, ConnectionMonitor watch)
    {
        _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        _offsets = new TopicOffsets(_admin, held.Topic, s_limit);
        (_held, _watch) = (held, watch);
    }

    /// <summary>The consumer is about to be closed: from now on lag is unknown.</summary>
    public async Task DetachAsync()
    {
        await _gate.WaitAsync();
        _admin?.Dispose();
        (_admin, _offsets) = (null, null);
        _gate.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>A commit was answered.</summary>
    public void OnCommitted(CommittedOffsets committed)
    {
        if (!committed.Error.IsError)
        {
            Interlocked.Increment(ref _commits);
        }
        else if (committed.Error.Code != ErrorCode.Local_NoOffset)
        {
            Interlocked.Increment(ref _failedCommits);
        }
    }

    /// <summary>Takes the numbers; asks the brokers for the ends of the partitions.</summary>
    public async Task<RunSample> TakeAsync()
    {
        var held = _held?.Snapshot ?? [];
        var ends = await EndsAsync(held);
        var read = counts.PerPartition.ToDictionary();
        var partitions = held.Union(read.Keys).Order().Select(partition => new PartitionSample(
            partition, read.TryGetValue(partition, out var count) ? count.Count : 0, LagOf(partition, read, ends), held.Contains(partition)));
        return new RunSample(
            counts.Printed, desk.Count, Interlocked.Read(ref _commits), Interlocked.Read(ref _failedCommits), _watch?.Reconnects ?? 0,
            Environment.WorkingSet, [.. partitions]);
    }

    // Behind the last event of a partition there may be markers of transactions, which no event follows.
    private long? LagOf(int partition, Dictionary<int, PartitionCount> read, Dictionary<int, long> ends)
    {
        var next = Math.Max(read.TryGetValue(partition, out var count) ? count.Last + 1 : -1, counts.EndOf(partition) ?? -1);
        return next >= 0 && ends.TryGetValue(partition, out var end) ? Math.Max(0, end - next) : null;
    }

    private async Task<Dictionary<int, long>> EndsAsync(IReadOnlyList<int> partitions)
    {
        await _gate.WaitAsync();
        try
        {
            return _offsets is null
                ? []
                : (await _offsets.OfAsync([.. partitions.Select(p => new TopicPartition(_held!.Topic, p))], OffsetSpec.Latest()))
                    .ToDictionary(end => end.Key.Partition.Value, end => end.Value);
        }
        catch (KafkaException e)
        {
            ConsoleLog.Detail($"The ends of the partitions cannot be read for the statistics: {e.Error.Reason}");
            return [];
        }
        finally
        {
            _gate.Release();
        }
    }
}
