using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Cli;

namespace HopsKafka.Consumer.Positions;

/// <summary>Whether the group has committed everything up to the ends, whichever members read it.</summary>
internal sealed class GroupProgress(
    IConsumer<byte[], byte[]> consumer, Watermarks marks, EndOffsets ends, string topic, IReadOnlyList<int> partitions)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.5);

    // The polling thread waits for the response.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    private long? _requestedAt;

    /// <summary>Requests the committed offsets at most twice a second.</summary>
    /// <returns>True when nothing is left to read; false also if the brokers do not respond.</returns>
    public bool IsDone()
    {
        if (_requestedAt is { } before && Stopwatch.GetElapsedTime(before) < s_interval)
        {
            return false;
        }

        try
        {
            var committed = consumer.Committed(partitions.Select(p => new TopicPartition(topic, p)), s_limit);
            return committed.All(c => ends.IsReachedBy(c.Partition.Value, c.Offset.IsSpecial ? null : c.Offset.Value, marks));
        }
        catch (KafkaException e)
        {
            ConsoleLog.Detail($"The progress of the group cannot be read: {e.Error.Reason}");
            return false;
        }
        finally
        {
            _requestedAt = Stopwatch.GetTimestamp();
        }
    }
}
