using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Serialization;

namespace HopsKafka.Kafka;

/// <summary>
/// Polls a consumer that Confluent.Kafka made, at less than its own Consume costs: topic and names of headers are the same
/// strings for all events. The handlers that were given to Confluent.Kafka are called from within, but what they throw is thrown by its own Consume.
/// </summary>
/// <param name="handle">The consumer's handle.</param>
/// <param name="topic">The one topic that it reads.</param>
public sealed unsafe class NativePoll(Handle handle, string topic)
{
    private static readonly Headers s_none = [];

    private readonly nint _client = NativeHandle.Client(handle);
    private readonly RecentTexts _names = new();

    /// <summary>Waits for an event.</summary>
    /// <param name="wait">How long at most.</param>
    /// <returns>The event, or the news that the end of a partition was reached; null when there was none in time.</returns>
    /// <exception cref="KafkaException">What librdkafka reports in place of an event.</exception>
    public ConsumeResult<byte[], byte[]>? Next(TimeSpan wait)
    {
        var message = Librdkafka.rd_kafka_consumer_poll(_client, (int)wait.TotalMilliseconds);
        if (message == null)
        {
            return null;
        }

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
        Message = isEnd ? null! : MessageOf(message),
    };

    private Message<byte[], byte[]> MessageOf(NativeMessage* message)
    {
        var time = Librdkafka.rd_kafka_message_timestamp(message, out var kind);
        return new Message<byte[], byte[]>
        {
            Key = BytesOf(message->Key, message->KeySize)!,
            Value = BytesOf(message->Value, message->ValueSize)!,
            Timestamp = new Timestamp(time, (TimestampType)kind),
            Headers = HeadersOf(message),
        };
    }

    private Headers HeadersOf(NativeMessage* message)
    {
        if (Librdkafka.rd_kafka_message_headers(message, out var list) != 0)
        {
            return s_none;
        }

        var headers = new Headers();
        for (nuint i = 0; Librdkafka.rd_kafka_header_get_all(list, i, out var name, out var value, out var size) == 0; i++)
        {
            headers.Add(_names.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)name), Encoding.UTF8), BytesOf(value, size));
        }

        return headers;
    }

    private static byte[]? BytesOf(nint bytes, nuint size) => bytes == 0 ? null : new ReadOnlySpan<byte>((void*)bytes, checked((int)size)).ToArray();

    private Error ErrorOf(ErrorCode code, NativeMessage* message) => code == ErrorCode.Local_Fatal
        ? NativeHandle.FatalErrorOf(_client)
        : new Error(code, Marshal.PtrToStringUTF8(Librdkafka.rd_kafka_message_errstr(message)));
}
