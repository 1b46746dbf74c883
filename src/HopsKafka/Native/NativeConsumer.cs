using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>
/// Polls a consumer that Confluent.Kafka made, at less than its own Consume costs: events are taken from librdkafka many at a time, and
/// topic and names of headers are the same strings for all of them. The handlers that were given to Confluent.Kafka are called from
/// within, but what they throw is thrown by its own Consume. For one thread.
/// </summary>
/// <param name="topic">The one topic that it reads.</param>
internal sealed unsafe class NativeConsumer(Handle handle, string topic) : IDisposable
{
    private const int BatchSize = 256;


    private readonly nint _client = NativeHandle.Client(handle);
    private readonly StringCache _names = new();

    // Taken from librdkafka, but not yet by the caller: those before _next are already destroyed.
    private readonly nint[] _batch = new nint[BatchSize];
    private int _next;
    private int _count;

    // Where the events of the followed partitions come; news of the group come where Consume would find them.
    private nint _events;

    /// <summary>
    /// Takes the events of partitions: to be called before they are assigned, each time, for librdkafka forgets it when it stops to fetch.
    /// </summary>
    public void Follow(IEnumerable<int> partitions)
    {
        foreach (var partition in partitions)
        {
            _events = _events == 0 ? Librdkafka.rd_kafka_queue_new(_client) : _events;
            var queue = Librdkafka.rd_kafka_queue_get_partition(_client, topic, partition);
            Librdkafka.rd_kafka_queue_forward(queue, _events);
            Librdkafka.rd_kafka_queue_destroy(queue);
        }
    }

    /// <summary>Waits for an event, and serves the membership in the group.</summary>
    /// <param name="wait">How long at most.</param>
    /// <returns>The event, or the news that the end of a partition was reached; null when there was none in time.</returns>
    /// <exception cref="KafkaException">What librdkafka reports in place of an event.</exception>
    public ConsumeResult<byte[], byte[]>? Next(TimeSpan wait)
    {
        if (_next < _count)
        {
            return Taken((NativeMessage*)_batch[_next++]);
        }

        if (_events == 0)
        {
            Serve(wait);
            return null;
        }

        Serve(TimeSpan.Zero);
        Fill();
        var message = _count > 0 ? (NativeMessage*)_batch[_next++] : Librdkafka.rd_kafka_consume_queue(_events, (int)wait.TotalMilliseconds);
        return message == null ? null : Taken(message);
    }

    /// <summary>Serves the membership in the group, and leaves the events where they are.</summary>
    /// <param name="wait">How long to wait for something to do, at most.</param>
    /// <exception cref="KafkaException">What librdkafka reports.</exception>
    public void Serve(TimeSpan wait)
    {
        var message = Librdkafka.rd_kafka_consumer_poll(_client, (int)wait.TotalMilliseconds);
        RefuseStray(message == null ? null : Taken(message));
    }

    /// <summary>An event that did not come by <see cref="Next"/> would be lost to the caller.</summary>
    /// <param name="stray">What came otherwise.</param>
    /// <exception cref="InvalidOperationException">It is an event: its partition is not followed.</exception>
    public static void RefuseStray(ConsumeResult<byte[], byte[]>? stray)
    {
        if (stray is not null)
        {
            throw new InvalidOperationException($"{stray.TopicPartitionOffset} came, although the partition is not followed.");
        }
    }

    /// <summary>Forgets the events of partitions that were taken from librdkafka and not yet by the caller.</summary>
    public void Forget(IReadOnlyCollection<int> partitions)
    {
        var kept = 0;
        for (var i = _next; i < _count; i++)
        {
            if (partitions.Contains(((NativeMessage*)_batch[i])->Partition))
            {
                Librdkafka.rd_kafka_message_destroy((NativeMessage*)_batch[i]);
            }
            else
            {
                _batch[kept++] = _batch[i];
            }
        }

        (_next, _count) = (0, kept);
    }

    /// <summary>Lets go of what was taken from librdkafka. To be called before the consumer is closed.</summary>
    public void Dispose()
    {
        while (_next < _count)
        {
            Librdkafka.rd_kafka_message_destroy((NativeMessage*)_batch[_next++]);
        }

        if (_events != 0)
        {
            Librdkafka.rd_kafka_queue_destroy(_events);
            _events = 0;
        }
    }

    private void Fill()
    {
        fixed (nint* batch = _batch)
        {
            _next = 0;
            _count = (int)Librdkafka.rd_kafka_consume_batch_queue(_events, 0, (NativeMessage**)batch, BatchSize);
        }
    }

    private ConsumeResult<byte[], byte[]> Taken(NativeMessage* message)
    {
        try
        {
            return (ErrorCode)message->Error switch
            {
                ErrorCode.NoError => ResultOf(message, isEnd: false),
                ErrorCode.Local_PartitionEOF => ResultOf(message, isEnd: true),
                var code => throw new KafkaException(ErrorOf(code, message)),
            };
        }
        finally
        {
            Librdkafka.rd_kafka_message_destroy(message);
        }
    }

    private ConsumeResult<byte[], byte[]> ResultOf(NativeMessage* message, bool isEnd) => new()
    {
        Topic = topic,
        Partition = message->Partition,
        Offset = message->Offset,
        IsPartitionEOF = isEnd,
        Message = isEnd ? null! : NativeMessageReader.Read(message, _names),
    };

    private Error ErrorOf(ErrorCode code, NativeMessage* message) => code == ErrorCode.Local_Fatal
        ? NativeHandle.FatalErrorOf(_client)
        : new Error(code, Marshal.PtrToStringUTF8(Librdkafka.rd_kafka_message_errstr(message)));
}
