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

/// <summary>Reads stretches of the topic by their offsets. It joins no group and commits nothing.</summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConnectionMonitor _watch = new(ConsoleLog.Logger);
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IAdminClient _admin;

    /// <summary>Connects.</summary>
    /// <exception cref="HopsKafkaException">librdkafka refuses the properties.</exception>
    public TopicReader(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        Topic = config.Kafka.Topic;
        var settings = KafkaClientConfig.Consumer(config, certificates, "avro-producer");
        settings.ClientId = "avro-producer";
        settings.EnableAutoCommit = false;

        // Old events may be deleted while this reads.
        settings.AutoOffsetReset = AutoOffsetReset.Earliest;

        // The run's own events are in no transaction. Committed ones only would end before an open transaction of somebody else's,
        // and what was delivered behind it would be sent again.
        settings.IsolationLevel = IsolationLevel.ReadUncommitted;

        // Little is read ahead, for most windows end soon.
        settings.QueuedMinMessages = 2000;
        _consumer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => _watch.OnError(error))
            .SetLogHandler((_, message) => _watch.OnLog(message))
            .Build());
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>Events that were read so far, whosever they are.</summary>
    public long EventsRead { get; private set; }

    /// <summary>Finds the topic.</summary>
    /// <param name="diagnosis">Says why brokers cannot be used.</param>
    /// <returns>How many partitions it has.</returns>
    public int FindTopic(BrokerDiagnosis diagnosis, CancellationToken stop)
    {
        var metadata = TopicProbe.Find(_consumer.Handle, _watch, Topic, diagnosis, stop);
        diagnosis.CheckAdvertised(metadata);
        _watch.StartTelling();
        return metadata.Topics.Single(t => t.Topic == Topic).Partitions.Count;
    }

    /// <summary>Asks for an offset of each partition.</summary>
    /// <param name="spec">Which: the oldest, or the one after the newest.</param>
    /// <param name="partitions">How many partitions there are.</param>
    /// <exception cref="HopsKafkaException">The brokers do not say.</exception>
    public async Task<IReadOnlyList<long>> AskAsync(OffsetSpec spec, int partitions, CancellationToken stop)
    {
        var asked = Enumerable.Range(0, partitions)
            .Select(p => new TopicPartitionOffsetSpec { TopicPartition = new TopicPartition(Topic, p), OffsetSpec = spec });
        try
        {
            var options = new ListOffsetsOptions { RequestTimeout = s_patience, IsolationLevel = IsolationLevel.ReadUncommitted };
            var answers = await _admin.ListOffsetsAsync(asked, options).WaitAsync(stop);
            return [.. answers.ResultInfos.Select(r => r.TopicPartitionOffsetError).OrderBy(o => o.Partition.Value).Select(o => o.Offset.Value)];
        }
        catch (KafkaException e)
        {
            throw Failed($"the ends of its partitions cannot be read ({e.Error.Reason})", e);
        }
    }

    /// <summary>Reads windows, those of different partitions at the same time.</summary>
    /// <param name="windows">The windows, one a partition at most.</param>
    /// <param name="take">Takes each event.</param>
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
            else if (sinceLast.Elapsed > s_patience)
            {
                var why = _watch.Failures is { Length: > 0 } failures ? $" ({failures})" : "";
                throw Failed($"partition {string.Join(", ", open.Keys.Order())} sent no event for {s_patience.TotalSeconds:0} s{why}", null);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _admin.Dispose();
        _consumer.Dispose();
    }

    // The last event of a window may be gone (a compacted topic), or be a mark of somebody's transaction: then what follows it ends it.
    private void Take(ConsumeResult<byte[], byte[]> result, long until, Action<ConsumeResult<byte[], byte[]>> take)
    {
        if (!result.IsPartitionEOF && result.Offset.Value < until)
        {
            EventsRead++;
            _watch.Alive();
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
            // librdkafka asks for the group's coordinator in any case. Nothing here needs it.
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
