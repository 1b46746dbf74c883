using System.Runtime.InteropServices;

namespace HopsKafka.Native;

/// <summary>The functions of librdkafka for producing and consuming, as its header declares them.</summary>
internal static unsafe partial class Librdkafka
{
    static Librdkafka()
    {
        if (nint.Size != sizeof(long))
        {
            throw new PlatformNotSupportedException("HopsKafka requires a 64-bit process.");
        }

        LibrdkafkaLibrary.Bind(typeof(Librdkafka).Assembly);
    }

    [LibraryImport(LibrdkafkaLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string topic, nint conf);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_queue_get_main(nint client);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_queue_new(nint client);

    [LibraryImport(LibrdkafkaLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_queue_get_partition(nint client, string topic, int partition);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_queue_forward(nint from, nint to);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_queue_yield(nint queue);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_queue_poll(nint queue, int milliseconds);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_event_type(nint kafkaEvent);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_event_destroy(nint kafkaEvent);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nuint rd_kafka_event_message_array(nint kafkaEvent, NativeMessage** messages, nuint size);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_event_error(nint kafkaEvent);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_event_error_string(nint kafkaEvent);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_event_error_is_fatal(nint kafkaEvent);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_message_errstr(NativeMessage* message);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_produceva(nint client, ProduceArgument* arguments, nuint count);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_headers_new(nuint count);

    [LibraryImport(LibrdkafkaLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_header_add(nint headers, string name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_headers_destroy(nint headers);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_flush(nint client, int milliseconds);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_error_string(nint error);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_error_destroy(nint error);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial NativeMessage* rd_kafka_consumer_poll(nint client, int milliseconds);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial NativeMessage* rd_kafka_consume_queue(nint queue, int milliseconds);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial nint rd_kafka_consume_batch_queue(nint queue, int milliseconds, NativeMessage** messages, nuint size);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial void rd_kafka_message_destroy(NativeMessage* message);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    [SuppressGCTransition] // only reads a structure
    public static partial long rd_kafka_message_timestamp(NativeMessage* message, out int kind);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    public static partial int rd_kafka_message_headers(NativeMessage* message, out nint headers);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    [SuppressGCTransition] // only reads a structure
    public static partial int rd_kafka_header_get_all(nint headers, nuint index, out nint name, out nint value, out nuint size);
}
