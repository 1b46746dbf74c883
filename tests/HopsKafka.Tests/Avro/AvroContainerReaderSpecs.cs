using System.Buffers;
using System.Text;
using System.Text.Json;
using Avro.File;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Avro;

/// <summary>Values of container files: those of other implementations, and those of the consumer.</summary>
public sealed class AvroContainerReaderSpecs
{
    private const string Pair = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"string"}]}""";

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    [InlineData("snappy")]
    [InlineData("zstandard")]
    public void A_file_of_fastavro_is_read(string codec)
    {
        using var reader = ContainerFile.Open(ContainerFile.Golden(codec));
        var values = ContainerFile.ReadRest(reader);

        Assert.Equal((codec, "fastavro"), (reader.Header.Codec, Encoding.UTF8.GetString(reader.Header.Metadata["origin"])));
        Assert.Equal((40, 5), (reader.Ordinal, reader.Block));
        Assert.All(Golden.Read("containers/records.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries), (expected, i) =>
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(ContainerFile.JsonOf(reader.Header.SchemaText, values[i])))));
    }

    [Theory]
    [InlineData("bzip2")]
    [InlineData("xz")]
    public void A_codec_that_is_not_supported_is_named(string codec)
    {
        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(ContainerFile.Golden(codec)));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains($"codec {codec}", e.Message, StringComparison.Ordinal);
        Assert.Contains("null, deflate, snappy and zstandard", e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(AnySchemaSpecs.Firsts), MemberType = typeof(AnySchemaSpecs))]
    public void Values_of_any_schema_that_apache_avro_wrote_pass_unchanged_or_resolved(int first)
    {
        for (var seed = first; seed < first + AnySchemaSpecs.SeedsPerCase; seed++)
        {
            var text = new RandomSchema(new Random(seed)).Text();
            var random = new RandomValue(new Random(seed));
            var values = Enumerable.Range(0, 7).Select(_ => random.Of(ApacheSchema.Plain(text))).ToList();
            var expected = values.Select(value => Convert.ToHexString(AnySchemaSpecs.Written(text, value)));
            var file = ContainerFile.Apache(text, values, seed % 2 == 0 ? Codec.Type.Deflate : Codec.Type.Null);

            Assert.Equal(expected, ContainerFile.ReadAll(file).Select(Convert.ToHexString));
            Assert.Equal(expected, ContainerFile.ReadAll(file, text).Select(Convert.ToHexString));
            Assert.Equal(expected.Select(hex => "00" + hex), ContainerFile.ReadAll(file, $"[{text}]").Select(Convert.ToHexString));
        }
    }

    [Fact]
    public void What_the_consumer_writes_is_read_back()
    {
        using var dir = new TempDir();
        var path = dir.File("out.avro");
        using (var writer = new AvroContainerWriter(File.Create(path), Pair))
        {
            for (var i = 0; i < 20; i++)
            {
                writer.Add([(byte)(2 * i), 2, (byte)'x']);
                if (i % 6 == 5)
                {
                    writer.Flush();
                }
            }

            writer.Flush();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{2 * i:X2}0278"), ContainerFile.ReadAll(File.ReadAllBytes(path)).Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData(Pair, true)]
    [InlineData("""{"type":"record","name":"R","doc":"x","fields":[{"name":"a","type":"int","default":3},{"name":"b","type":"string"}]}""", true)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"int","logicalType":"date"}},{"name":"b","type":"string"}]}""", true)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"b","type":"string"},{"name":"a","type":"int"}]}""", false)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":"long"},{"name":"b","type":"string"}]}""", false)]
    public void Only_schemas_that_write_the_same_bytes_are_not_resolved(string target, bool isUnchanged)
    {
        using var reader = ContainerFile.Open(ContainerFile.Raw(Pair), target);

        Assert.Equal(isUnchanged, reader.IsUnchanged);
    }

    [Fact]
    public void A_union_whose_branch_means_something_else_is_not_passed_on()
    {
        var file = ContainerFile.Raw("""["string",{"type":"long","logicalType":"timestamp-millis"}]""", (2, [0, 2, (byte)'x', 2, 2]));
        using var reader = ContainerFile.Open(file, """["string",{"type":"long","logicalType":"timestamp-micros"}]""");
        var output = new ArrayBufferWriter<byte>();

        Assert.False(reader.IsUnchanged);
        Assert.True(reader.Read(output));
        Assert.Throws<BadMessageException>(() => reader.Read(output));
    }

    [Fact]
    public void Values_are_resolved_to_the_target()
    {
        const string target = """{"type":"record","name":"R","fields":[{"name":"text","aliases":["b"],"type":["null","string"]},{"name":"c","type":"int","default":7},{"name":"a","type":"double"}]}""";
        var file = ContainerFile.Raw(Pair, (1, [2, 2, (byte)'x']), (2, [4, 0, 6, 2, (byte)'y']));

        var values = ContainerFile.ReadAll(file, target).Select(value => ContainerFile.JsonOf(target, value));

        Assert.Equal(["""{"text":"x","c":7,"a":1}""", """{"text":"","c":7,"a":2}""", """{"text":"y","c":7,"a":3}"""], values);
    }

    [Fact]
    public void A_value_that_has_no_place_in_the_target_leaves_the_others()
    {
        const string from = """{"type":"record","name":"R","fields":[{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},{"name":"n","type":["null","int"]}]}""";
        const string to = """{"type":"record","name":"R","fields":[{"name":"e","type":{"type":"enum","name":"E","symbols":["B"]}},{"name":"n","type":"int"}]}""";
        var file = ContainerFile.Raw(from, (2, [2, 2, 4, 0, 2, 6]), (2, [2, 0, 2, 2, 8]));
        using var reader = ContainerFile.Open(file, to);
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read(output));
        var symbol = Assert.Throws<BadMessageException>(() => reader.Read(output));
        Assert.Equal((2, "000206", 1), (reader.Ordinal, Convert.ToHexString(reader.Original), reader.Block));
        var missing = Assert.Throws<BadMessageException>(() => reader.Read(output));
        Assert.Equal((3, 2), (reader.Ordinal, reader.Block));
        Assert.True(reader.Read(output));
        Assert.False(reader.Read(output));

        Assert.Contains("no symbol A", symbol.Message, StringComparison.Ordinal);
        Assert.Contains("(field n)", missing.Message, StringComparison.Ordinal);
        Assert.Equal("00040008", Convert.ToHexString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"b","type":"string"}]}""")]
    public void A_string_that_is_not_utf8_is_a_fault_of_its_record_alone(string? target)
    {
        using var reader = ContainerFile.Open(ContainerFile.Raw(Pair, (2, [2, 2, 0xFF, 4, 2, (byte)'y'])), target);
        var output = new ArrayBufferWriter<byte>();

        Assert.Equal(BadMessageReason.InvalidUtf8, Assert.Throws<BadMessageException>(() => reader.Read(output)).Reason);
        Assert.Equal("0202FF", Convert.ToHexString(reader.Original));
        Assert.True(reader.Read(output));
        Assert.Equal(target is null ? "040279" : "0279", Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void A_pipe_is_read_as_it_comes()
    {
        var file = ContainerFile.Raw(Pair, (1, [2, 2, (byte)'x']), (1, [4, 2, (byte)'y']));
        using var pipe = new LinePipe();
        pipe.Send(file[..^(5 + 16)]);
        using var reader = new AvroContainerReader(pipe, "stdin");
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read(output));
        pipe.Send(file[^(5 + 16)..]);
        Assert.True(reader.Read(output));
        pipe.End();
        Assert.False(reader.Read(output));
        Assert.Equal("020278040279", Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void A_long_file_is_read_in_bounded_memory()
    {
        var block = ContainerFile.Raw(Pair, (1000, [.. Enumerable.Repeat((byte[])[2, 98, .. new byte[49]], 1000).SelectMany(datum => datum)]));
        var header = ContainerFile.Raw(Pair).Length;
        using var input = new RepeatedInput(block[..header], block[header..], 2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new AvroContainerReader(input, "stdin");
        var output = new ArrayBufferWriter<byte>();
        while (reader.Read(output))
        {
            output.ResetWrittenCount();
        }

        Assert.Equal(2_000_000, reader.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void Empty_blocks_and_files_without_blocks_have_no_values()
    {
        Assert.Empty(ContainerFile.ReadAll(ContainerFile.Raw(Pair)));
        Assert.Single(ContainerFile.ReadAll(ContainerFile.Raw(Pair, (0, []), (1, [2, 0]), (0, []))));
    }
}
