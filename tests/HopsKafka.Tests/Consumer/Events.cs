using System.Text;
using Confluent.Kafka;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.Consumer;

/// <summary>Events as the outputs get them.</summary>
internal static class Events
{
    public static WriterSchema Schema(string text, int id = 7) => WriterSchema.Of(id, text, null);

    public static WriterSchema Record(params string[] fields) =>
        Schema($$"""{"type":"record","name":"R","fields":[{{string.Join(',', fields)}}]}""");

    public static DecodedEvent Of(WriterSchema schema, string hex, string? key = "k", long offset = 3) =>
        OfDatum(schema, Convert.FromHexString(hex), key, offset);

    public static DecodedEvent OfDatum(WriterSchema schema, byte[] datum, string? key = "k", long offset = 3)
    {
        var message = AnySchemaSpecs.Framed(datum);
        return new DecodedEvent(Source(message, key is null ? null : Encoding.UTF8.GetBytes(key), offset)) { Schema = schema, Value = schema.Decode(message) };
    }

    public static DecodedEvent Tombstone(long offset = 3) => new(Source(null, "k"u8.ToArray(), offset)) { IsTombstone = true };

    public static DecodedEvent Plain(byte[]? value, byte[]? key) => new(Source(value, key, 3)) { IsTombstone = value is null };

    public static string Written(EventFormat format, params DecodedEvent[] events)
    {
        var buffer = new ChunkedBuffer();
        foreach (var one in events)
        {
            format.Write(buffer, one);
        }

        return Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(chunk => chunk.ToArray())]);
    }

    private static ConsumeResult<byte[], byte[]> Source(byte[]? value, byte[]? key, long offset) => new()
    {
        Topic = "t",
        TopicPartitionOffset = new TopicPartitionOffset("t", 1, offset),
        Message = new Message<byte[], byte[]>
        {
            Key = key!,
            Value = value!,
            Timestamp = new Timestamp(1_635_861_774_123, TimestampType.CreateTime),
            Headers = new Headers { { "plain", "é"u8.ToArray() }, { "binary", [0xFF, 0] }, { "none", null! } },
        },
    };
}
