using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>Reads a topic up to the end that it has at the start, and appends the rows of one feature group to its offline table.</summary>
internal sealed class MaterializationRun(HopsworksState state, ServerQuirks quirks, ClientConfig client, Action<string> notice)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs to the end. The job fails as a whole: without a row, and the next run begins where this one did.</summary>
    /// <exception cref="OperationCanceledException">Canceled; the state is failed then.</exception>
    public void Run(StoredFeatureGroup group, JobExecution execution, CancellationToken cancellationToken)
    {
        execution.State = ExecutionState.Running;
        try
        {
            group.Job.Checkpoint = Materialize(group, execution, cancellationToken);
            execution.State = ExecutionState.Finished;
        }
        catch (Exception e) when (e is HopsKafkaException or KafkaException)
        {
            execution.State = ExecutionState.Failed;
            notice($"Run {execution.Id} of job {group.Job.Name} failed: {e.Message}");
        }
    }

    private Dictionary<int, long> Materialize(StoredFeatureGroup group, JobExecution execution, CancellationToken cancellationToken)
    {
        using var consumer = ComponentConsumer.Create(client, "materialization", notice, config => config.EnablePartitionEof = true);
        var starts = group.Job.Checkpoint ?? CheckpointString.Parse(execution.Arguments, group.Topic);
        var partitions = state.Topics.Find(group.Topic)?.Partitions ?? throw new HopsKafkaException($"Topic {group.Topic} was deleted.");
        var ends = new Dictionary<int, long>();
        var open = new List<TopicPartitionOffset>();
        for (var partition = 0; partition < partitions; partition++)
        {
            var marks = consumer.QueryWatermarkOffsets(new TopicPartition(group.Topic, partition), s_timeout);
            ends[partition] = marks.High.Value;
            var start = Math.Max(marks.Low.Value, starts?.GetValueOrDefault(partition) ?? 0);
            if (start < marks.High.Value)
            {
                open.Add(new TopicPartitionOffset(group.Topic, partition, start));
            }
        }

        group.Offline.Append(Read(consumer, open, ends, group, cancellationToken));
        return ends;
    }

    private List<string> Read(
        IConsumer<byte[]?, byte[]?> consumer, List<TopicPartitionOffset> starts, Dictionary<int, long> ends, StoredFeatureGroup group, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        var open = starts.Select(start => start.Partition.Value).ToHashSet();
        consumer.Assign(starts);
        while (open.Count > 0)
        {
            var record = consumer.Consume(cancellationToken);
            var (partition, end) = (record.Partition.Value, ends[record.Partition.Value]);
            if (!record.IsPartitionEOF && record.Offset.Value < end && RowOf(record, group) is { } row)
            {
                rows.Add(row);
            }

            // Markers of transactions may stand where the last offset is.
            if (record.Offset.Value >= (record.IsPartitionEOF ? end : end - 1))
            {
                open.Remove(partition);
            }
        }

        return rows;
    }

    private string? RowOf(ConsumeResult<byte[]?, byte[]?> record, StoredFeatureGroup group)
    {
        var headers = RecordHeaders.Of(record.Message.Headers, quirks);
        var owner = headers.FeatureGroupId ?? state.FeatureGroups.OwnerOf(record.Topic)?.Id;
        return owner == group.Id && headers.IsOffline ? StoredRow.Decode(record.Message.Value, headers, group, state.Schemas).Json : null;
    }
}
