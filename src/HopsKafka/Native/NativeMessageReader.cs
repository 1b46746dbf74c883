using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>Copies key, value, timestamp and headers out of librdkafka's memory.</summary>
internal static unsafe class NativeMessageReader
{
    private static readonly Headers s_none = [];

    /// <summary>Copies an event.</summary>
    /// <param name="names">Keeps names of headers, which come again.</param>
    public static Message<byte[], byte[]> Read(NativeMessage* message, StringCache names)
    {
        var time = Librdkafka.rd_kafka_message_timestamp(message, out var kind);
        return new Message<byte[], byte[]>
        {
            Key = BytesOf(message->Key, message->KeySize)!,
            Value = BytesOf(message->Value, message->ValueSize)!,
            Timestamp = new Timestamp(time, (TimestampType)kind),
            Headers = HeadersOf(message, names),
        };
    }

    private static Headers HeadersOf(NativeMessage* message, StringCache names)
    {
        if (Librdkafka.rd_kafka_message_headers(message, out var list) != 0)
        {
            return s_none;
        }

        var headers = new Headers();
        for (nuint i = 0; Librdkafka.rd_kafka_header_get_all(list, i, out var name, out var value, out var size) == 0; i++)
        {
            headers.Add(names.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)name), Encoding.UTF8), BytesOf(value, size));
        }

        return headers;
    }

    private static byte[]? BytesOf(nint bytes, nuint size) => bytes == 0 ? null : new ReadOnlySpan<byte>((void*)bytes, checked((int)size)).ToArray();
}
