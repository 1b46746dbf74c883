using Confluent.Kafka;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Shows a message in every output, as the consumer does.</summary>
internal static class AvroOutputs
{
    private static readonly FieldCondition s_condition = FieldCondition.TryParse("a.b>=1")!;

    public static void Write(byte[] message, string schema, bool isFeatureGroup, string? reader, OutputFormat kind)
    {
        var output = new OutputOptions { Kind = kind };
        var decoder = new EventDecoder(
            new SchemaCache<WriterSchema>(_ => Task.FromResult(schema), (id, text) => WriterSchema.Of(id, text, "sensor")),
            new DecodeOptions
            {
                Reader = reader is null ? null : ReaderSchema.OfRegistered(reader), NeedsReadings = reader is null && kind == OutputFormat.Text, NeedsFields = kind != OutputFormat.Text,
            });
        var decoded = decoder.DecodeAsync(Source(message, isFeatureGroup), default).AsTask().GetAwaiter().GetResult();
        using var format = output.CreateFormat();
        format.Write(new ChunkedBuffer(), decoded);
        new EventFilter([s_condition], ValueFormat.String).IsMet(decoded);
    }

    private static ConsumeResult<byte[], byte[]> Source(byte[] message, bool isFeatureGroup)
    {
        var headers = new Headers();
        if (isFeatureGroup)
        {
            headers.Add("subjectId", "7"u8.ToArray());
        }

        return new ConsumeResult<byte[], byte[]>
        {
            TopicPartitionOffset = new TopicPartitionOffset("t", 0, 3),
            Message = new Message<byte[], byte[]> { Key = "k"u8.ToArray(), Value = message, Headers = headers, Timestamp = new Timestamp(1_764_000_000_000, TimestampType.CreateTime) },
        };
    }
}
