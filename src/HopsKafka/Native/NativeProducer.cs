using System.Globalization;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>
/// A producer for many small events. Confluent.Kafka configures and owns the client; events are passed directly to librdkafka, which copies
/// them, and delivery reports arrive in batches. This avoids what Confluent.Kafka does for each event: pinned arrays, native copies of topic
/// and headers, a handle, and a report on the heap (docs/performance.md has the figures).
/// </summary>
internal sealed unsafe class NativeProducer : IDisposable
{
    /// <summary>Leaves the partition to the partitioner.</summary>
    public const int AnyPartition = -1;

    /// <summary>The flag by which librdkafka copies key and value.</summary>
    public const int MessageCopied = 2;

    private const int BatchSize = 1024;
    private const int MessageArguments = 8;
    private const int PollMilliseconds = 1000;
    private const int DeliveryEvent = 0x1;
    private const int ErrorEvent = 0x8;

    private static readonly Error s_queueFull = new(ErrorCode.Local_QueueFull);

    private readonly IProducer<Null, Null> _producer;
    private readonly DeliveryCallback _onReports;
    private readonly Action<Error> _onError;
    private readonly nint _client;
    private readonly nint _topic;
    private readonly nint _queue;
    private readonly StringCache _headerNames = new();
    private readonly string _headerName;
    private ProduceArguments[] _arguments;
    private readonly Thread _reports;
    private volatile bool _isDisposed;

    /// <summary>Creates a producer.</summary>
    /// <param name="topic">The default topic.</param>
    /// <param name="headerName">The name of the events' header.</param>
    /// <param name="onError">Handles librdkafka's error events, on the thread of the delivery reports.</param>
    /// <param name="onLog">Handles librdkafka's log, on threads of librdkafka.</param>
    /// <param name="constantHeaders">Headers of all events, before that one.</param>
    /// <exception cref="InvalidOperationException">librdkafka rejects the properties.</exception>
    public NativeProducer(
        ProducerConfig settings,
        string topic,
        string headerName,
        DeliveryCallback onReports,
        Action<Error> onError,
        Action<LogMessage> onLog,
        IReadOnlyList<KeyValuePair<string, byte[]>>? constantHeaders = null)
    {
        _onReports = onReports;
        _onError = onError;
        // The thread below polls librdkafka's events, instead of the callbacks that Confluent.Kafka's own Produce uses.
        var properties = new ProducerConfig(new Dictionary<string, string>(settings)) { EnableBackgroundPoll = false, EnableDeliveryReports = false };
        properties.Set("enabled_events", (DeliveryEvent | ErrorEvent).ToString(CultureInfo.InvariantCulture));
        _producer = new ProducerBuilder<Null, Null>(properties).SetLogHandler((_, message) => onLog(message)).Build();
        _client = NativeHandle.Client(_producer.Handle);
        _topic = Librdkafka.rd_kafka_topic_new(_client, topic, 0);
        _queue = Librdkafka.rd_kafka_queue_get_main(_client);
        _headerName = headerName;
        _arguments = [new ProduceArguments(_topic, headerName, constantHeaders ?? [])];
        _reports = new Thread(PollEvents) { IsBackground = true, Name = "delivery reports" };
        _reports.Start();
    }

    /// <summary>The handle, for example for admin clients.</summary>
    public Handle Handle => _producer.Handle;

    /// <summary>Replaces the headers of all events by sets of which each event has one. On the thread that produces.</summary>
    public void SetHeaders(IReadOnlyList<IReadOnlyList<KeyValuePair<string, byte[]>>> sets)
    {
        foreach (var arguments in _arguments)
        {
            arguments.Dispose();
        }

        _arguments = [.. sets.Select(headers => new ProduceArguments(_topic, _headerName, headers))];
    }

    /// <summary>Passes an event to librdkafka. For one thread at a time.</summary>
    /// <param name="key">The key; a default span for none.</param>
    /// <param name="value">The value; a default span for a tombstone.</param>
    /// <param name="header">The header's value; empty for none.</param>
    /// <param name="timestamp">The event's timestamp in milliseconds.</param>
    /// <param name="tag">A number that the delivery report returns.</param>
    /// <param name="headers">The number of its set of constant headers, from 0.</param>
    /// <returns>Null if librdkafka accepted the event; <see cref="ErrorCode.Local_QueueFull"/> if it can be retried; otherwise the error.</returns>
    public Error? Produce(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> header, long timestamp, long tag, int partition = AnyPartition, int headers = 0)
    {
        fixed (byte* keyBytes = &MemoryMarshal.GetReference(key), valueBytes = &MemoryMarshal.GetReference(value), headerBytes = &MemoryMarshal.GetReference(header))
        {
            var arguments = _arguments[headers];
            var count = arguments.Set(
                keyBytes, key.Length, valueBytes, value.Length, headerBytes, header.Length, timestamp, tag, partition);
            var error = Librdkafka.rd_kafka_produceva(_client, arguments.First, count);
            return error == 0 ? null : ToError(error);
        }
    }

    /// <summary>Passes an event of any topic, with any headers, to librdkafka. For one thread at a time.</summary>
    /// <param name="message">The event; a timestamp of 0 means now.</param>
    /// <param name="tag">A number that the delivery report returns.</param>
    /// <returns>Null if librdkafka accepted the event; <see cref="ErrorCode.Local_QueueFull"/> if it can be retried; otherwise the error.</returns>
    public Error? Produce(string topic, Message<byte[], byte[]> message, long tag, int partition = AnyPartition)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = HeadersOf(message.Headers);
        var name = Marshal.StringToCoTaskMemUTF8(topic);
        fixed (byte* key = &MemoryMarshal.GetReference(message.Key.AsSpan()), value = &MemoryMarshal.GetReference(message.Value.AsSpan()))
        {
            var arguments = stackalloc ProduceArgument[]
            {
                new() { Kind = ProduceArgumentKind.TopicName, First = name },
                new() { Kind = ProduceArgumentKind.Flags, First = MessageCopied },
                new() { Kind = ProduceArgumentKind.Key, First = (long)key, Second = message.Key?.Length ?? 0 },
                new() { Kind = ProduceArgumentKind.Value, First = (long)value, Second = message.Value?.Length ?? 0 },
                new() { Kind = ProduceArgumentKind.Timestamp, First = message.Timestamp.UnixTimestampMs },
                new() { Kind = ProduceArgumentKind.Opaque, First = tag },
                new() { Kind = ProduceArgumentKind.Partition, First = partition },
                new() { Kind = ProduceArgumentKind.Headers, First = headers },
            };
            var error = Librdkafka.rd_kafka_produceva(_client, arguments, MessageArguments);
            Marshal.FreeCoTaskMem(name);
            if (error == 0)
            {
                return null;
            }

            // librdkafka frees the headers only if it accepted the event.
            Librdkafka.rd_kafka_headers_destroy(headers);
            return ToError(error);
        }
    }

    /// <summary>Sends incomplete batches at once, and waits for the delivery reports.</summary>
    public void Flush(TimeSpan timeout) => _ = Librdkafka.rd_kafka_flush(_client, (int)timeout.TotalMilliseconds);

    /// <summary>Closes the producer. Events in the queue are lost, so wait for the delivery reports first.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Librdkafka.rd_kafka_queue_yield(_queue);
        _reports.Join();
        Librdkafka.rd_kafka_queue_destroy(_queue);
        Librdkafka.rd_kafka_topic_destroy(_topic);
        _producer.Dispose();
        SetHeaders([]);
    }

    private Error ToError(nint error)
    {
        var code = (ErrorCode)Librdkafka.rd_kafka_error_code(error);
        var taken = code == ErrorCode.Local_QueueFull ? s_queueFull : ErrorOf(code, Librdkafka.rd_kafka_error_string(error));
        Librdkafka.rd_kafka_error_destroy(error);
        return taken;
    }

    // Local_Fatal stands for the first fatal error.
    private Error ErrorOf(ErrorCode code, nint text) =>
        code == ErrorCode.Local_Fatal ? NativeHandle.FatalErrorOf(_client) : new Error(code, Marshal.PtrToStringUTF8(text));

    private static nint HeadersOf(Headers headers)
    {
        var native = Librdkafka.rd_kafka_headers_new((nuint)headers.Count);
        foreach (var header in headers)
        {
            var bytes = header.GetValueBytes();
            fixed (byte* value = &MemoryMarshal.GetReference(bytes.AsSpan()))
            {
                _ = Librdkafka.rd_kafka_header_add(native, header.Key, -1, value, bytes?.Length ?? 0);
            }
        }

        return native;
    }

    private void PollEvents()
    {
        var messages = stackalloc NativeMessage*[BatchSize];
        var deliveries = new DeliveryReport[BatchSize];
        while (!_isDisposed)
        {
            var kafkaEvent = Librdkafka.rd_kafka_queue_poll(_queue, PollMilliseconds);
            switch (Librdkafka.rd_kafka_event_type(kafkaEvent))
            {
                case DeliveryEvent:
                    HandleDeliveryReports(kafkaEvent, messages, deliveries);
                    break;
                case ErrorEvent:
                    _onError(ErrorOf(kafkaEvent));
                    break;
            }

            Librdkafka.rd_kafka_event_destroy(kafkaEvent);
        }
    }

    private void HandleDeliveryReports(nint kafkaEvent, NativeMessage** messages, DeliveryReport[] deliveries)
    {
        while (Librdkafka.rd_kafka_event_message_array(kafkaEvent, messages, BatchSize) is > 0 and var count)
        {
            for (var i = 0; i < (int)count; i++)
            {
                var message = messages[i];
                deliveries[i] = message->Error == 0
                    ? new DeliveryReport(message->Tag, null, message->Partition, message->Offset, null)
                    : new DeliveryReport(message->Tag, ErrorOf(message), message->Partition, message->Offset, NativeMessageReader.Read(message, _headerNames));
            }

            _onReports(deliveries.AsSpan(0, (int)count));
        }
    }

    private Error ErrorOf(NativeMessage* message) => ErrorOf((ErrorCode)message->Error, Librdkafka.rd_kafka_message_errstr(message));

    private static Error ErrorOf(nint kafkaEvent) => new(
        (ErrorCode)Librdkafka.rd_kafka_event_error(kafkaEvent),
        Marshal.PtrToStringUTF8(Librdkafka.rd_kafka_event_error_string(kafkaEvent)),
        Librdkafka.rd_kafka_event_error_is_fatal(kafkaEvent) != 0);
}

/// <summary>The delivery report of an event.</summary>
/// <param name="Tag">The number that was passed with the event.</param>
/// <param name="Error">The error; null if the brokers acknowledged the event.</param>
/// <param name="Message">A failed event, so that it can be sent again; null for others.</param>
internal readonly record struct DeliveryReport(long Tag, Error? Error, int Partition, long Offset, Message<byte[], byte[]>? Message);

/// <summary>Handles delivery reports, on one thread.</summary>
/// <param name="deliveries">A batch; only valid during the call.</param>
internal delegate void DeliveryCallback(ReadOnlySpan<DeliveryReport> deliveries);
