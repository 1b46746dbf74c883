using System.Globalization;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>
/// A producer for many small events. Confluent.Kafka configures it and keeps it; the events go straight to librdkafka's own produce
/// call, which copies them, and delivery reports come back in batches. That spares what Confluent.Kafka does for each event: pinned arrays,
/// native copies of topic and headers, a handle, and a report on the heap (docs/performance.md has the figures).
/// </summary>
internal sealed unsafe class NativeProducer : IDisposable
{
    /// <summary>Stands for the partition that the partitioner chooses.</summary>
    public const int AnyPartition = -1;

    private const int BatchSize = 1024;
    private const int MessageCopied = 2;
    private const int PartCount = 8;
    private const int PollMilliseconds = 1000;
    private const int DeliveryEvent = 0x1;
    private const int ErrorEvent = 0x8;

    private static readonly Error s_queueFull = new(ErrorCode.Local_QueueFull);

    private readonly IProducer<Null, Null> _producer;
    private readonly DeliveryHandler _onDelivered;
    private readonly Action<Error> _onError;
    private readonly nint _client;
    private readonly nint _topic;
    private readonly nint _queue;
    private readonly nint _headerName;
    private readonly ConstantHeader[] _constants;
    private readonly int _header;
    private readonly StringCache _names = new();
    private readonly NativePart* _parts;
    private readonly Thread _reports;
    private volatile bool _isOver;

    /// <summary>Makes a producer.</summary>
    /// <param name="topic">The topic of all events that do not name their own.</param>
    /// <param name="headerName">The name of the header that events may have.</param>
    /// <param name="constants">Headers that all events have, ahead of that one.</param>
    /// <param name="onError">Takes librdkafka's errors, on the same thread.</param>
    /// <param name="onLog">Takes librdkafka's log, on threads of librdkafka.</param>
    /// <exception cref="InvalidOperationException">librdkafka refuses the properties.</exception>
    public NativeProducer(
        ProducerConfig settings,
        string topic,
        string headerName,
        DeliveryHandler onDelivered,
        Action<Error> onError,
        Action<LogMessage> onLog,
        IReadOnlyList<KeyValuePair<string, byte[]>>? constants = null)
    {
        _onDelivered = onDelivered;
        _onError = onError;
        // librdkafka's events, heard by the thread below, take the place of the callbacks that Confluent.Kafka's own Produce needs.
        var mine = new ProducerConfig(new Dictionary<string, string>(settings)) { EnableBackgroundPoll = false, EnableDeliveryReports = false };
        mine.Set("enabled_events", (DeliveryEvent | ErrorEvent).ToString(CultureInfo.InvariantCulture));
        _producer = new ProducerBuilder<Null, Null>(mine).SetLogHandler((_, message) => onLog(message)).Build();
        _client = NativeHandle.Client(_producer.Handle);
        _topic = Librdkafka.rd_kafka_topic_new(_client, topic, 0);
        _queue = Librdkafka.rd_kafka_queue_get_main(_client);
        _headerName = Marshal.StringToCoTaskMemUTF8(headerName);
        _constants = [.. (constants ?? []).Select(header => new ConstantHeader(header.Key, header.Value))];
        _header = PartIndex.Constants + _constants.Length;
        _parts = Parts();
        _reports = new Thread(TakeEvents) { IsBackground = true, Name = "delivery reports" };
        _reports.Start();
    }

    /// <summary>The handle, for admin clients and the like.</summary>
    public Handle Handle => _producer.Handle;

    /// <summary>Hands an event to librdkafka. For one thread at a time.</summary>
    /// <param name="key">The key; a default span for none.</param>
    /// <param name="value">The value; a default span for a tombstone.</param>
    /// <param name="header">The header's value; empty for none.</param>
    /// <param name="timestamp">The event's timestamp in milliseconds; 0 means now.</param>
    /// <param name="tag">A number that comes back with the delivery report.</param>
    /// <param name="partition">Where to; <see cref="AnyPartition"/> leaves the choice to the partitioner.</param>
    /// <returns>Null; <see cref="ErrorCode.Local_QueueFull"/> when there is no room now; else why it can never be sent.</returns>
    public Error? Produce(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> header, long timestamp, long tag, int partition = AnyPartition)
    {
        fixed (byte* keyBytes = &MemoryMarshal.GetReference(key), valueBytes = &MemoryMarshal.GetReference(value), headerBytes = &MemoryMarshal.GetReference(header))
        {
            _parts[PartIndex.Key].Set(keyBytes, key.Length);
            _parts[PartIndex.Value].Set(valueBytes, value.Length);
            _parts[PartIndex.Timestamp].First = timestamp;
            _parts[PartIndex.Partition].First = partition;
            _parts[PartIndex.Tag].First = tag;
            _parts[_header].Second = (long)headerBytes;
            _parts[_header].Third = header.Length;
            var error = Librdkafka.rd_kafka_produceva(_client, _parts, (nuint)(header.Length > 0 ? _header + 1 : _header));
            return error == 0 ? null : Take(error);
        }
    }

    /// <summary>Hands an event of any topic, with any headers, to librdkafka. For one thread at a time.</summary>
    /// <param name="message">The event; a timestamp of 0 means now.</param>
    /// <param name="tag">A number that comes back with the delivery report.</param>
    /// <param name="partition">Where to; <see cref="AnyPartition"/> leaves the choice to the partitioner.</param>
    /// <returns>Null; <see cref="ErrorCode.Local_QueueFull"/> when there is no room now; else why it can never be sent.</returns>
    public Error? Produce(string topic, Message<byte[], byte[]> message, long tag, int partition = AnyPartition)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = HeadersOf(message.Headers);
        var name = Marshal.StringToCoTaskMemUTF8(topic);
        fixed (byte* key = &MemoryMarshal.GetReference(message.Key.AsSpan()), value = &MemoryMarshal.GetReference(message.Value.AsSpan()))
        {
            var parts = stackalloc NativePart[]
            {
                new() { Kind = NativePartKind.TopicName, First = name },
                new() { Kind = NativePartKind.Flags, First = MessageCopied },
                new() { Kind = NativePartKind.Key, First = (long)key, Second = message.Key?.Length ?? 0 },
                new() { Kind = NativePartKind.Value, First = (long)value, Second = message.Value?.Length ?? 0 },
                new() { Kind = NativePartKind.Timestamp, First = message.Timestamp.UnixTimestampMs },
                new() { Kind = NativePartKind.Opaque, First = tag },
                new() { Kind = NativePartKind.Partition, First = partition },
                new() { Kind = NativePartKind.Headers, First = headers },
            };
            var error = Librdkafka.rd_kafka_produceva(_client, parts, PartCount);
            Marshal.FreeCoTaskMem(name);
            if (error == 0)
            {
                return null;
            }

            // Only an event that was taken takes its headers along.
            Librdkafka.rd_kafka_headers_destroy(headers);
            return Take(error);
        }
    }

    /// <summary>Sends at once what waits to be sent in batches, and waits for the delivery reports.</summary>
    /// <param name="wait">How long at most.</param>
    public void Flush(TimeSpan wait) => _ = Librdkafka.rd_kafka_flush(_client, (int)wait.TotalMilliseconds);

    /// <summary>Ends the producer; what still waits is lost, so wait for the delivery reports first.</summary>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        Librdkafka.rd_kafka_queue_yield(_queue);
        _reports.Join();
        Librdkafka.rd_kafka_queue_destroy(_queue);
        Librdkafka.rd_kafka_topic_destroy(_topic);
        _producer.Dispose();
        Marshal.FreeCoTaskMem(_headerName);
        foreach (var constant in _constants)
        {
            constant.Free();
        }

        NativeMemory.Free(_parts);
    }

    private Error Take(nint error)
    {
        var code = (ErrorCode)Librdkafka.rd_kafka_error_code(error);
        var taken = code == ErrorCode.Local_QueueFull ? s_queueFull : ErrorOf(code, Librdkafka.rd_kafka_error_string(error));
        Librdkafka.rd_kafka_error_destroy(error);
        return taken;
    }

    // A fatal error stands for the one that came first.
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

    // What is the same for every event is set once.
    private NativePart* Parts()
    {
        var parts = (NativePart*)NativeMemory.AllocZeroed((nuint)_header + 1, (nuint)sizeof(NativePart));
        parts[PartIndex.Topic] = new NativePart { Kind = NativePartKind.Topic, First = _topic };
        parts[PartIndex.Flags] = new NativePart { Kind = NativePartKind.Flags, First = MessageCopied };
        parts[PartIndex.Key].Kind = NativePartKind.Key;
        parts[PartIndex.Value].Kind = NativePartKind.Value;
        parts[PartIndex.Timestamp].Kind = NativePartKind.Timestamp;
        parts[PartIndex.Tag].Kind = NativePartKind.Opaque;
        parts[PartIndex.Partition].Kind = NativePartKind.Partition;
        for (var i = 0; i < _constants.Length; i++)
        {
            parts[PartIndex.Constants + i] = _constants[i].Part;
        }

        parts[_header] = new NativePart { Kind = NativePartKind.Header, First = _headerName };
        return parts;
    }

    private void TakeEvents()
    {
        var messages = stackalloc NativeMessage*[BatchSize];
        var deliveries = new Delivery[BatchSize];
        while (!_isOver)
        {
            var happening = Librdkafka.rd_kafka_queue_poll(_queue, PollMilliseconds);
            switch (Librdkafka.rd_kafka_event_type(happening))
            {
                case DeliveryEvent:
                    TakeDeliveries(happening, messages, deliveries);
                    break;
                case ErrorEvent:
                    _onError(ErrorOf(happening));
                    break;
            }

            Librdkafka.rd_kafka_event_destroy(happening);
        }
    }

    private void TakeDeliveries(nint happening, NativeMessage** messages, Delivery[] deliveries)
    {
        while (Librdkafka.rd_kafka_event_message_array(happening, messages, BatchSize) is > 0 and var count)
        {
            for (var i = 0; i < (int)count; i++)
            {
                var message = messages[i];
                deliveries[i] = message->Error == 0
                    ? new Delivery(message->Tag, null, message->Partition, message->Offset, null)
                    : new Delivery(message->Tag, ErrorOf(message), message->Partition, message->Offset, NativeMessageReader.Read(message, _names));
            }

            _onDelivered(deliveries.AsSpan(0, (int)count));
        }
    }

    private Error ErrorOf(NativeMessage* message) => ErrorOf((ErrorCode)message->Error, Librdkafka.rd_kafka_message_errstr(message));

    private static Error ErrorOf(nint happening) => new(
        (ErrorCode)Librdkafka.rd_kafka_event_error(happening),
        Marshal.PtrToStringUTF8(Librdkafka.rd_kafka_event_error_string(happening)),
        Librdkafka.rd_kafka_event_error_is_fatal(happening) != 0);

    // The order of the parts of an event. Constant headers follow, and last the event's own, for it may be left out.
    private static class PartIndex
    {
        public const int Topic = 0, Flags = 1, Key = 2, Value = 3, Timestamp = 4, Tag = 5, Partition = 6, Constants = 7;
    }

    private sealed class ConstantHeader(string name, byte[] value)
    {
        private readonly nint _name = Marshal.StringToCoTaskMemUTF8(name);
        private readonly byte* _value = Copy(value);

        public NativePart Part => new() { Kind = NativePartKind.Header, First = _name, Second = (long)_value, Third = value.Length };

        public void Free()
        {
            Marshal.FreeCoTaskMem(_name);
            NativeMemory.Free(_value);
        }

        private static byte* Copy(byte[] value)
        {
            var copy = (byte*)NativeMemory.Alloc((nuint)value.Length);
            value.CopyTo(new Span<byte>(copy, value.Length));
            return copy;
        }
    }
}

/// <summary>What became of an event.</summary>
/// <param name="Tag">The number that was given with it.</param>
/// <param name="Error">Why it can never be delivered; null when the brokers acknowledged it.</param>
/// <param name="Partition">Where it is.</param>
/// <param name="Message">The event, so that it can be sent again; null unless it failed.</param>
internal readonly record struct Delivery(long Tag, Error? Error, int Partition, long Offset, Message<byte[], byte[]>? Message);

/// <summary>Takes delivery reports, on the one thread that hears of them.</summary>
/// <param name="deliveries">A batch; not to be kept.</param>
internal delegate void DeliveryHandler(ReadOnlySpan<Delivery> deliveries);
