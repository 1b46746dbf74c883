using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Cli;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer.Statistics;

/// <summary>Collects the numbers of a run for <c>--stats</c> and <c>/metrics</c>. Thread-safe.</summary>
internal sealed class RunStatistics(EventCounts counts, DecodeErrorHandler decodeErrors) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    // The consumer must not be closed during a request.
    private readonly SemaphoreSlim _gate = new(1);
    private IAdminClient? _admin;
    private TopicOffsets? _offsets;
    private AssignedPartitions? _assigned;
    private ConnectionMonitor? _connections;
    private long _commits;
    private long _failedCommits;

    /// <summary>A consumer starts.</summary>
    public void Attach(IConsumer<byte[], byte[]> consumer, AssignedPartitions assigned, ConnectionMonitor connections)
    {
        _admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        _offsets = new TopicOffsets(_admin, assigned.Topic, s_limit);
        (_assigned, _connections) = (assigned, connections);
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

    /// <summary>A commit succeeded or failed.</summary>
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

    /// <summary>Samples the numbers; requests the end offsets of the partitions.</summary>
    public async Task<RunSample> SampleAsync()
    {
        var assigned = _assigned?.Snapshot ?? [];
        var ends = await EndsAsync(assigned);
        var read = counts.PerPartition.ToDictionary();
        var partitions = assigned.Union(read.Keys).Order().Select(partition => new PartitionSample(
            partition, read.TryGetValue(partition, out var count) ? count.Count : 0, LagOf(partition, read, ends), assigned.Contains(partition)));
        return new RunSample(
            counts.Printed, decodeErrors.Count, Interlocked.Read(ref _commits), Interlocked.Read(ref _failedCommits), _connections?.Reconnects ?? 0,
            Environment.WorkingSet, [.. partitions]);
    }

    // Transaction markers after the last event of a partition are not lag.
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
                : (await _offsets.OfAsync([.. partitions.Select(p => new TopicPartition(_assigned!.Topic, p))], OffsetSpec.Latest()))
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
