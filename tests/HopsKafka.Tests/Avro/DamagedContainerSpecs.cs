using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Tests.Avro;

/// <summary>A damaged file is an error that names the place, never a crash, a wait or a value too few.</summary>
public sealed class DamagedContainerSpecs
{
    private const string Text = "\"string\"";

    public static TheoryData<string> Codecs => ["null", "deflate", "snappy", "zstandard"];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Cut_at_any_byte_it_gives_the_values_before_and_an_error(string codec)
    {
        var file = ContainerFile.Golden(codec);
        var (all, ends) = Whole(file);
        for (var cut = 0; cut < file.Length; cut++)
        {
            var (values, error) = Read(file[..cut]);

            Assert.Equal(all.Take(values.Count), values);
            Assert.Equal(ends.Contains(cut), error is null);
        }
    }

    // Only snappy has a checksum that shows that a value is another one.
    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Codecs))]
    public void With_any_byte_changed_it_gives_as_many_values_or_an_error(string codec)
    {
        var file = ContainerFile.Golden(codec);
        var (all, _) = Whole(file);
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var flip in (byte[])[1, 0x80, 0xFF])
            {
                var changed = file.ToArray();
                changed[at] ^= flip;
                var (values, error) = Read(changed);

                Assert.True(error is not null || values.Count == all.Count, $"byte {at} ^ {flip}: {values.Count} values");
                Assert.True(codec != "snappy" || all.Take(values.Count).SequenceEqual(values), $"byte {at} ^ {flip}: another value");
            }
        }
    }

    [Fact]
    public void The_block_and_its_offset_are_named()
    {
        var file = ContainerFile.Raw(Text, (1, [2, (byte)'a']), (2, [2, (byte)'b', 9, (byte)'c']));
        var second = file.Length - (1 + 1 + 4 + 16);
        using var reader = ContainerFile.Open(file);
        var output = new ArrayBufferWriter<byte>();

        Assert.True(reader.Read(output));
        Assert.True(reader.Read(output));
        var e = Assert.Throws<HopsKafkaException>(() => reader.Read(output));

        Assert.Contains($"Block 2 of data.avro (at byte {second})", e.Message, StringComparison.Ordinal);
        Assert.Contains("record 3 of the file", e.Message, StringComparison.Ordinal);
        Assert.Contains("The 2 records before", e.Remedy, StringComparison.Ordinal);
        Assert.Equal(second, reader.BlockOffset);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("4F62", "has only 2 bytes")]
    [InlineData("7B226122", "begins with the bytes 7B226122")]
    [InlineData("4F626A02", "begins with the bytes 4F626A02")]
    [InlineData("4F626A01", "the file ends inside it, at byte 4")]
    [InlineData("4F626A0100000102030405060708090A0B0C0D0E0F10", "has no avro.schema")]
    [InlineData("4F626A01FEFFFFFFFFFFFFFFFF01", "at byte 14")]
    [InlineData("4F626A0102FEFFFFFFFFFFFFFFFF01", "longer than")]
    [InlineData("4F626A010201", "a length is -1")]
    [InlineData("4F626A0102FFFFFFFFFFFFFFFFFFFF", "longer than 64 bits")]
    public void A_header_that_cannot_be_used_says_why(string hex, string why)
    {
        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(Convert.FromHexString(hex)));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains("data.avro", e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }

    [Fact]
    public void A_schema_that_is_none_is_an_error() =>
        Assert.Contains("not a valid Avro schema", Assert.Throws<HopsKafkaException>(() => ContainerFile.Open(ContainerFile.Raw("\"nothing\""))).Message, StringComparison.Ordinal);

    // A count; a size; what they claim.
    [Theory]
    [InlineData("FEFFFFFFFFFFFFFFFF01", "02", "records in 1 bytes")]
    [InlineData("01", "02", "claims -1 records")]
    [InlineData("02", "01", "claims -1 bytes")]
    [InlineData("02", "80808080808040", "claims 140737488355328 bytes")]
    [InlineData("02", "FEFFFF7F", "the file ends inside it")]
    public void What_a_block_claims_costs_nothing(string count, string size, string why)
    {
        byte[] file = [.. ContainerFile.Raw("\"null\""), .. Convert.FromHexString(count + size), 0, .. ContainerFile.Sync];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<HopsKafkaException>(() => ContainerFile.ReadAll(file));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void A_changed_sync_marker_is_an_error_before_any_value_of_its_block(string codec)
    {
        var file = ContainerFile.Golden(codec);
        file[^1] ^= 1;

        var (values, error) = Read(file);

        Assert.Contains("Block 5 of data.avro", error?.Message, StringComparison.Ordinal);
        Assert.Contains("the sync marker after it is not that of the header", error?.Message, StringComparison.Ordinal);
        Assert.InRange(values.Count, 1, 39);
    }

    [Fact]
    public void Bytes_behind_the_last_record_of_a_block_are_an_error()
    {
        using var reader = ContainerFile.Open(ContainerFile.Raw(Text, (1, [0, 0]), (1, [0])));

        Assert.Contains("1 bytes follow its last record", Assert.Throws<HopsKafkaException>(() => ContainerFile.ReadRest(reader)).Message, StringComparison.Ordinal);
    }

    private static (List<string> Values, HashSet<int> BlockEnds) Whole(byte[] file)
    {
        using var reader = ContainerFile.Open(file);
        var (values, starts) = (new List<string>(), new HashSet<int>());
        var output = new ArrayBufferWriter<byte>();
        while (reader.Read(output))
        {
            values.Add(Convert.ToHexString(output.WrittenSpan));
            output.ResetWrittenCount();
            starts.Add((int)reader.BlockOffset);
        }

        return (values, starts);
    }

    private static (List<string> Values, HopsKafkaException? Error) Read(byte[] file)
    {
        var values = new List<string>();
        try
        {
            using var reader = ContainerFile.Open(file);
            var output = new ArrayBufferWriter<byte>();
            while (reader.Read(output))
            {
                values.Add(Convert.ToHexString(output.WrittenSpan));
                output.ResetWrittenCount();
            }
        }
        catch (HopsKafkaException e)
        {
            return (values, e);
        }

        return (values, null);
    }
}
