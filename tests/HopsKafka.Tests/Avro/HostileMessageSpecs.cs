using System.Buffers;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Avro;

/// <summary>No message costs the process, its memory or its time, whatever its bytes claim.</summary>
public sealed class HostileMessageSpecs
{
    private const long MostMemory = 300_000_000;

    // Of work, not of waiting. Less than one each on an idle machine; a cost without bound takes minutes.
    private const double MostSeconds = 4;
    private const int Huge = 20_000_000;
    private const string Tree = """{"type":"record","name":"T","fields":[{"name":"t","type":{"type":"array","items":"T"}}]}""";

    // Of a length of 2 GB; of 2^40 items; of items that take no bytes.
    [Theory]
    [InlineData("\"string\"", "FEFFFFFF0F")]
    [InlineData("\"bytes\"", "FEFFFFFF0F61")]
    [InlineData("""{"type":"array","items":"int"}""", "808080808040")]
    [InlineData("""{"type":"array","items":"null"}""", "80808080804000")]
    [InlineData("""{"type":"array","items":{"type":"fixed","name":"F","size":0}}""", "80808080804000")]
    [InlineData("""{"type":"array","items":{"type":"array","items":"null"}}""", "8080088080088080088080080000")]
    [InlineData("""{"type":"map","values":"null"}""", "808080808040")]
    [InlineData("""{"type":"array","items":{"type":"record","name":"E","fields":[]}}""", "80808080804000")]
    [InlineData("""{"type":"array","items":{"type":"record","name":"E","fields":[{"name":"a","type":"null"},{"name":"b","type":"null"}]}}""", "80897A00")]
    public void A_few_bytes_that_claim_much_cost_nothing(string schema, string hex) =>
        AssertCheap(100_000_000, () => Assert.Throws<BadMessageException>(() => BadBytesSpecs.Decode(schema, Convert.FromHexString(hex))));

    [Fact]
    public void Many_small_blocks_do_not_cost_the_square_of_their_number()
    {
        var datum = Enumerable.Repeat((byte[])[2, 2], 1_000_000).SelectMany(b => b).Append((byte)0).ToArray();

        AssertCheap(MostMemory, () =>
        {
            var value = BadBytesSpecs.Decode("""{"type":"array","items":"int"}""", datum);
            Assert.Equal(1_000_000, value.Items.Length);
            return value;
        });
    }

    [Fact]
    public void Nulls_up_to_the_limit_are_read_and_written()
    {
        byte[] datum = [.. Long(1_900_000), 0];

        AssertCheap(MostMemory, () =>
        {
            var value = BadBytesSpecs.Decode("""{"type":"array","items":"null"}""", datum);
            WriteAll(value, WriterSchema.Of(1, """{"type":"array","items":"null"}""", null), datum);
            return value;
        });
    }

    [Fact]
    public void A_tree_of_arrays_that_fork_without_end_is_refused() => AssertCheap(MostMemory, () =>
    {
        var datum = Enumerable.Repeat((byte)0x7E, 1_000_000).ToArray();
        return Assert.Throws<BadMessageException>(() => BadBytesSpecs.Decode(Tree, datum));
    });

    [Fact]
    public void Complex_features_share_one_limit()
    {
        // 40 features of a few bytes, each with 1.5 million nulls.
        byte[] inner = [.. Long(1_500_000), 0];
        var fields = string.Join(',', Enumerable.Range(0, 40).Select(i => $$$"""{"name":"f{{{i}}}","type":{"type":"array","items":"null"}}"""));
        var message = Enumerable.Repeat((byte[])[2, .. Long(inner.Length), .. inner], 40).SelectMany(b => b).ToArray();
        var schema = WriterSchema.Of(1, $$"""{"type":"record","name":"R","fields":[{{fields}}]}""", null);

        AssertCheap(MostMemory, () => Assert.Throws<BadMessageException>(() => schema.DecodeFeatures(message)));
    }

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData("\"string\"", "a")]
    [InlineData("\"string\"", "é😀")]
    [InlineData("\"string\"", "\"plain,")]
    [InlineData("\"string\"", "four parts of many and one end\n")]
    [InlineData("\"bytes\"", "a")]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"s","type":{"type":"array","items":"string"}}]}""", "a")]
    public void A_text_of_20_MB_is_written_in_every_output(string schema, string part)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1000)));
        byte[] datum = [.. schema.Contains("array", StringComparison.Ordinal) ? (byte[])[2] : [], .. Long(Huge / text.Length * text.Length), .. Repeated(text), .. schema.Contains("array", StringComparison.Ordinal) ? (byte[])[0] : []];
        var message = AnySchemaSpecs.Framed(datum);
        var writer = WriterSchema.Of(1, schema, null);
        foreach (var kind in new[] { OutputFormat.Json, OutputFormat.Csv, OutputFormat.Text })
        {
            using var format = new OutputOptions { Kind = kind }.CreateFormat();

            AssertCheap(3 * Huge, () =>
            {
                var buffer = new ChunkedBuffer();
                format.Write(buffer, Event(message, writer, writer.Decode(message)));
                Assert.InRange(buffer.WrittenCount, datum.Length, 3 * Huge);
                return buffer;
            });
        }
    }

    private static byte[] Repeated(byte[] text)
    {
        var all = new byte[Huge / text.Length * text.Length];
        for (var i = 0; i < all.Length; i += text.Length)
        {
            text.CopyTo(all, i);
        }

        return all;
    }

    private static void WriteAll(AvroValue value, WriterSchema schema, byte[] datum)
    {
        foreach (var kind in new[] { OutputFormat.Json, OutputFormat.Csv, OutputFormat.Text })
        {
            using var format = new OutputOptions { Kind = kind }.CreateFormat();
            format.Write(new ChunkedBuffer(), Event(AnySchemaSpecs.Framed(datum), schema, value));
        }
    }

    private static DecodedEvent Event(byte[] message, WriterSchema schema, AvroValue value) =>
        new(new ConsumeResult<byte[], byte[]>
        {
            Topic = "t",
            TopicPartitionOffset = new TopicPartitionOffset("t", 0, 0),
            Message = new Message<byte[], byte[]> { Value = message },
        })
        {
            Schema = schema,
            Value = value,
        };

    private static byte[] Long(long value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AvroValueWriter.WriteLong(bytes, value);
        return bytes.WrittenSpan.ToArray();
    }

    private static void AssertCheap<T>(long memory, Func<T> work)
    {
        var start = ThreadClock.Now;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = work();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, memory);
        Assert.InRange((ThreadClock.Now - start).TotalSeconds, 0, MostSeconds);
        GC.KeepAlive(result);
    }
}
