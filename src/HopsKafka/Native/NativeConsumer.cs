using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>
/// Consumes events of a Confluent.Kafka consumer at less CPU than its own Consume: events are fetched from librdkafka in batches, and share the
/// strings of topic and header names. The handlers set on Confluent.Kafka's builder are called within, but exceptions that they throw are
/// only thrown by its own Consume. For one thread.
/// </summary>
/// <param name="topic">The only topic that is consumed.</param>
internal sealed unsafe class NativeConsumer(Handle handle, string topic) : IDisposable
{
    private const int BatchSize = 256;


    private readonly nint _client = NativeHandle.Client(handle);
    private readonly StringCache _names = new();

    // Fetched from librdkafka, but not yet returned to the caller. Messages before _next are already destroyed.
    private readonly nint[] _batch = new nint[BatchSize];
    private int _next;
    private int _count;

    // The queue of the forwarded partitions' events. Events of the group stay in the queue that Consume polls.
    private nint _events;

    /// <summary>
    /// Forwards the events of partitions to this consumer. To be called before each assignment, as librdkafka resets it when it stops fetching.
    /// </summary>
    public void ForwardPartitions(IEnumerable<int> partitions)
    {
        foreach (var partition in partitions)
        {
            _events = _events == 0 ? Librdkafka.rd_kafka_queue_new(_client) : _events;
            var queue = Librdkafka.rd_kafka_queue_get_partition(_client, topic, partition);
            Librdkafka.rd_kafka_queue_forward(queue, _events);
            Librdkafka.rd_kafka_queue_destroy(queue);
        }
    }

    /// <summary>Waits for an event, and handles events of the group.</summary>
    /// <returns>The event, or the end of a partition; null after the timeout.</returns>
    /// <exception cref="KafkaException">librdkafka returned an error instead of an event.</exception>
    public ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout)
    {
        if (_next < _count)
        {
            return ToResult((NativeMessage*)_batch[_next++]);
        }

        if (_events == 0)
        {
            Poll(timeout);
            return null;
        }

        Poll(TimeSpan.Zero);
        FetchBatch();
        var message = _count > 0 ? (NativeMessage*)_batch[_next++] : Librdkafka.rd_kafka_consume_queue(_events, (int)timeout.TotalMilliseconds);
        return message == null ? null : ToResult(message);
    }

    /// <summary>Handles events of the group, and consumes no event of a partition.</summary>
    /// <exception cref="KafkaException">librdkafka returned an error.</exception>
    public void Poll(TimeSpan timeout)
    {
        var message = Librdkafka.rd_kafka_consumer_poll(_client, (int)timeout.TotalMilliseconds);
        RejectUnexpected(message == null ? null : ToResult(message));
    }

    /// <summary>Fails for an event that was not returned by <see cref="Consume"/> and would be lost.</summary>
    /// <param name="unexpected">The result of another call.</param>
    /// <exception cref="InvalidOperationException">There is an event: its partition is not forwarded.</exception>
    public static void RejectUnexpected(ConsumeResult<byte[], byte[]>? unexpected)
    {
        if (unexpected is not null)
        {
            throw new InvalidOperationException($"{unexpected.TopicPartitionOffset} was consumed, although its partition is not forwarded.");
        }
    }

    /// <summary>Discards the fetched events of partitions that were not returned yet.</summary>
    public void Discard(IReadOnlyCollection<int> partitions)
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

    /// <summary>Frees the fetched events. To be called before the consumer is closed.</summary>
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

    private void FetchBatch()
    {
        fixed (nint* batch = _batch)
        {
            _next = 0;
            _count = (int)Librdkafka.rd_kafka_consume_batch_queue(_events, 0, (NativeMessage**)batch, BatchSize);
        }
    }

    private ConsumeResult<byte[], byte[]> ToResult(NativeMessage* message)
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
