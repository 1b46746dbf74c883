using Avro.File;
using Avro.Generic;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>Avro files, read back by Apache.Avro.</summary>
public sealed class AvroFileSinkSpecs : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly List<(int Partition, long Offset, bool IsShown)> _written = [];

    private string FilePath => _dir.File("out.avro");

    public void Dispose() => _dir.Dispose();

    [Fact]
    public void Values_of_several_blocks_are_read_back_in_order()
    {
        var schema = Events.Record("""{"name":"n","type":"int"}""", """{"name":"t","type":{"type":"long","logicalType":"timestamp-millis"}}""");
        using (var sink = new AvroFileSink(FilePath))
        {
            for (var i = 0; i < 30; i++)
            {
                sink.Add(Events.OfDatum(schema, [(byte)(i * 2), 2], offset: i));
                if (i % 10 == 9)
                {
                    Flush(sink);
                }
            }
        }

        var records = Read(FilePath, out var metadata);

        Assert.Equal(Enumerable.Range(0, 30), records.Select(r => (int)((GenericRecord)r)["n"]));
        Assert.Equal(schema.Text, metadata);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (1, (long)i, true)), _written);
    }

    [Fact]
    public void Each_schema_has_a_file_of_its_own()
    {
        var first = Events.Record("""{"name":"n","type":"int"}""");
        var second = Events.Schema("\"string\"", 8);
        using (var sink = new AvroFileSink(FilePath))
        {
            sink.Add(Events.Of(first, "02"));
            sink.Add(Events.Of(second, "0278"));
            sink.Add(Events.Of(first, "04"));
            Flush(sink);
        }

        Assert.Equal([1, 2], Read(FilePath, out _).Select(r => (int)((GenericRecord)r)["n"]));
        Assert.Equal(["x"], Read(_dir.File("out-2.avro"), out var text));
        Assert.Equal("\"string\"", text);
    }

    [Fact]
    public void An_event_counts_as_written_only_after_its_block_is_in_the_file()
    {
        using var sink = new AvroFileSink(FilePath);
        sink.Add(Events.Of(Events.Record("""{"name":"n","type":"int"}"""), "02", offset: 1));
        sink.Skip(1, 2);
        var before = (_written.Count, Read(FilePath, out _).Count, sink.HasPending);

        Flush(sink);

        Assert.Equal((0, 0, true), before);
        Assert.Equal([(1, 1L, true), (1, 2L, false)], _written);
        Assert.Single(Read(FilePath, out _));
        Assert.False(sink.HasPending);
    }

    [Fact]
    public void What_waits_when_the_process_dies_leaves_a_readable_file()
    {
        var schema = Events.Record("""{"name":"n","type":"int"}""");
        using (var sink = new AvroFileSink(FilePath))
        {
            sink.Add(Events.Of(schema, "02"));
            Flush(sink);
            sink.Add(Events.Of(schema, "04"));
        }

        Assert.Single(Read(FilePath, out _));
    }

    [Fact]
    public void Tombstones_are_passed_over_and_count_as_read()
    {
        using var sink = new AvroFileSink(FilePath);
        sink.Add(Events.Tombstone(4));

        Flush(sink);

        Assert.Equal([(1, 4L, false)], _written);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void A_file_that_exists_is_never_overwritten()
    {
        File.WriteAllText(FilePath, "mine");

        var e = Assert.Throws<HopsKafkaException>(() => new AvroFileSink(FilePath));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains("exists already", e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_second_file_that_exists_is_never_overwritten_either()
    {
        File.WriteAllText(_dir.File("out-2.avro"), "mine");
        using var sink = new AvroFileSink(FilePath);
        sink.Add(Events.Of(Events.Schema("\"int\""), "02"));

        var e = Assert.Throws<HopsKafkaException>(() => sink.Add(Events.Of(Events.Schema("\"long\"", 8), "02")));
        Flush(sink);

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Equal("mine", File.ReadAllText(_dir.File("out-2.avro")));
        Assert.Equal([1], Read(FilePath, out _));
        Assert.Equal([(1, 3L, true)], _written);
    }

    [Fact]
    public void A_link_that_somebody_planted_is_not_followed_and_nothing_else_is_left()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        var target = _dir.Write("precious", "kept");
        var planted = $".out.avro.{Environment.ProcessId}.tmp";
        File.CreateSymbolicLink(_dir.File(planted), target);
        using (var sink = new AvroFileSink(FilePath))
        {
            sink.Add(Events.Of(Events.Schema("\"int\""), "02"));
            Flush(sink);
        }

        Assert.Equal("kept", File.ReadAllText(target));
        Assert.Equal([1], Read(FilePath, out _));
        Assert.Equal([planted, "out.avro", "precious"], Directory.GetFiles(_dir.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_missing_is_reported_before_anything_is_read() =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<HopsKafkaException>(() => new AvroFileSink(_dir.File("no/out.avro"))).ExitCode);

    [Fact]
    public void A_failing_disk_leaves_no_part_of_a_block()
    {
        using var file = new FullDisk(room: 250);
        using var writer = new AvroContainerWriter(file, "\"bytes\"");
        writer.Add([2, 1]);
        writer.Flush();
        var whole = file.Length;
        writer.Add(System.Security.Cryptography.RandomNumberGenerator.GetBytes(400));

        Assert.Throws<IOException>(writer.Flush);

        Assert.Equal(whole, file.Length);
        Assert.Equal(1, writer.Written);
    }

    private void Flush(AvroFileSink sink) => sink.Flush(() => true, range => _written.Add((range.Partition, range.Last, range.Shown > 0)));

    internal static List<object> Read(string path, out string schema)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = DataFileReader<object>.OpenReader(file);
        schema = reader.GetMetaString("avro.schema");
        var all = new List<object>();
        while (reader.HasNext())
        {
            all.Add(reader.Next());
        }

        return all;
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..(int)Math.Min(buffer.Length, room - Length)]);
            if (Length == room)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
