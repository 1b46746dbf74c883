using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Resuming;

/// <summary>Reads ranges of offsets of the topic. It joins no group and commits nothing.</summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly ConnectionMonitor _connections = new(ConsoleLog.Logger);
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IAdminClient _admin;

    /// <summary>Starts to connect.</summary>
    /// <exception cref="HopsKafkaException">librdkafka rejects the properties.</exception>
    public TopicReader(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        Topic = config.Kafka.Topic;
        var settings = KafkaClientConfig.Consumer(config, certificates, "avro-producer");
        settings.ClientId = "avro-producer";
        settings.EnableAutoCommit = false;

        // Old events may be deleted meanwhile.
        settings.AutoOffsetReset = AutoOffsetReset.Earliest;

        // With read_committed, reading would end before an open transaction of another producer, and the events behind it would be sent again.
        settings.IsolationLevel = IsolationLevel.ReadUncommitted;

        // Most windows are short.
        settings.QueuedMinMessages = 2000;
        _consumer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => _connections.OnError(error))
            .SetLogHandler((_, message) => _connections.OnLog(message))
            .Build());
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>Number of events read so far, including those of other sensors.</summary>
    public long EventsRead { get; private set; }

    /// <summary>Waits for the topic's metadata.</summary>
    /// <param name="diagnosis">Finds the reason if no broker is available.</param>
    /// <returns>Number of partitions.</returns>
    public int FindTopic(BrokerDiagnosis diagnosis, CancellationToken stop)
    {
        var metadata = TopicProbe.Find(_consumer.Handle, _connections, Topic, diagnosis, stop);
        diagnosis.CheckAdvertised(metadata);
        _connections.StartReporting();
        return metadata.Topics.Single(t => t.Topic == Topic).Partitions.Count;
    }

    /// <summary>Requests an offset of each partition.</summary>
    /// <param name="spec">The oldest offset, or the one after the newest.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <exception cref="HopsKafkaException">The request failed.</exception>
    public async Task<IReadOnlyList<long>> ListOffsetsAsync(OffsetSpec spec, int partitions, CancellationToken stop)
    {
        var specs = Enumerable.Range(0, partitions)
            .Select(p => new TopicPartitionOffsetSpec { TopicPartition = new TopicPartition(Topic, p), OffsetSpec = spec });
        try
        {
            var options = new ListOffsetsOptions { RequestTimeout = s_timeout, IsolationLevel = IsolationLevel.ReadUncommitted };
            var offsets = await _admin.ListOffsetsAsync(specs, options).WaitAsync(stop);
            return [.. offsets.ResultInfos.Select(r => r.TopicPartitionOffsetError).OrderBy(o => o.Partition.Value).Select(o => o.Offset.Value)];
        }
        catch (KafkaException e)
        {
            throw Failed($"the ends of its partitions cannot be read ({e.Error.Reason})", e);
        }
    }

    /// <summary>Reads windows, in parallel.</summary>
    /// <param name="windows">The windows, at most one per partition.</param>
    /// <param name="take">Called for each event.</param>
    /// <exception cref="HopsKafkaException">The topic cannot be read.</exception>
    public void Read(IReadOnlyList<OffsetWindow> windows, Action<ConsumeResult<byte[], byte[]>> take, CancellationToken stop)
    {
        var open = windows.ToDictionary(w => w.Partition, w => w.Until);
        _consumer.Assign(windows.Select(w => new TopicPartitionOffset(Topic, w.Partition, w.From)));
        var sinceLast = Stopwatch.StartNew();
        while (open.Count > 0)
        {
            stop.ThrowIfCancellationRequested();
            if (Next() is { } result && open.TryGetValue(result.Partition.Value, out var until))
            {
                sinceLast.Restart();
                Take(result, until, take);
                if (result.Offset.Value >= (result.IsPartitionEOF ? until : until - 1))
                {
                    open.Remove(result.Partition.Value);
                    _consumer.IncrementalUnassign([result.TopicPartition]);
                }
            }
            else if (sinceLast.Elapsed > s_timeout)
            {
                var why = _connections.Failures is { Length: > 0 } failures ? $" ({failures})" : "";
                throw Failed($"partition {string.Join(", ", open.Keys.Order())} sent no event for {s_timeout.TotalSeconds:0} s{why}", null);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _admin.Dispose();
        _consumer.Dispose();
    }

    // The last event of a window may be missing (compaction) or be a transaction marker: then the next event ends the window.
    private void Take(ConsumeResult<byte[], byte[]> result, long until, Action<ConsumeResult<byte[], byte[]>> take)
    {
        if (!result.IsPartitionEOF && result.Offset.Value < until)
        {
            EventsRead++;
            _connections.OnActivity();
            take(result);
        }
    }

    private ConsumeResult<byte[], byte[]>? Next()
    {
        try
        {
            return _consumer.Consume(TimeSpan.FromMilliseconds(100));
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            // librdkafka looks up the group's coordinator in any case; reading does not need it.
            ConsoleLog.Detail(e.Error.Reason);
            return null;
        }
        catch (ConsumeException e)
        {
            throw Failed(e.Error.Reason.TrimEnd('.'), e);
        }
    }

    private HopsKafkaException Failed(string why, Exception? inner) => new(
        $"Topic {Topic} cannot be read for --resume: {why}.",
        "Try again, or set the first step with -t N.",
        innerException: inner);
}
