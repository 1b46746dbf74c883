using System.Collections.Concurrent;
using Confluent.Kafka;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>Reads online topics from their beginning, as the component OnlineFS of Hopsworks does, on a thread of its own.</summary>
internal sealed class OnlineTopicReader : IAsyncDisposable
{
    // The mock cluster answers an empty fetch only after this time, whatever arrives meanwhile.
    private const int FetchWaitMs = 100;

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(100);

    private readonly ClientConfig _client;
    private readonly OnlineRowHandler _handler;
    private readonly Action<string> _notice;
    private readonly ConcurrentQueue<TopicPartitionOffset> _added = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    public OnlineTopicReader(ClientConfig client, OnlineRowHandler handler, Action<string> notice)
    {
        (_client, _handler, _notice) = (client, handler, notice);
        _task = Task.Factory.StartNew(ReadAndReport, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Begins to read a topic.</summary>
    public void Add(string topic, int partitions)
    {
        for (var partition = 0; partition < partitions; partition++)
        {
            _added.Enqueue(new TopicPartitionOffset(topic, partition, Offset.Beginning));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _stop.Dispose();
    }

    // An ingestion that never ends must have a reason; the exception itself ends the sandbox's stop.
    private void ReadAndReport()
    {
        try
        {
            Read();
        }
        catch (Exception e)
        {
            _notice($"The online store stopped: {e.Message}");
            throw;
        }
    }

    private void Read()
    {
        using var consumer = ComponentConsumer.Create(_client, "onlinefs", _notice, config => config.FetchWaitMaxMs = FetchWaitMs);
        while (!_stop.IsCancellationRequested)
        {
            while (_added.TryDequeue(out var partition))
            {
                consumer.IncrementalAssign([partition]);
            }

            try
            {
                if (consumer.Consume(s_wait) is { } record)
                {
                    _handler.Handle(record);
                }
            }
            catch (ConsumeException e)
            {
                // Of one partition, for example because its topic was deleted; the others go on.
                _notice($"The online store cannot read {e.ConsumerRecord.TopicPartition}: {e.Error.Reason}.");
            }
        }
    }
}
