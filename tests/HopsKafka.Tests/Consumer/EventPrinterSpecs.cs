using System.IO.Pipes;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Consumer;

/// <summary>Only events whose bytes the system accepted count as printed: no other offset may be stored.</summary>
public sealed class EventPrinterSpecs
{
    // More than a pipe holds.
    private const int Count = 4000;

    private readonly List<PrintedRange> _printed = [];

    [Fact]
    public async Task Of_a_reader_that_stopped_reading_only_the_events_that_the_pipe_took_are_printed()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var reader = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        using var printer = Printer((int)pipe.SafePipeHandle.DangerousGetHandle());

        printer.Flush(() => false, _printed.Add);

        pipe.Dispose();
        using var text = new MemoryStream();
        await reader.CopyToAsync(text, TestContext.Current.CancellationToken);
        var whole = Encoding.UTF8.GetString(text.ToArray()).Split('\n')[..^1];
        var range = Assert.Single(_printed);
        Assert.Equal(new PrintedRange(1, 0, whole.Length - 1, whole.Length), range);
        Assert.InRange(whole.Length, 1, Count - 1);
        Assert.Equal(Enumerable.Range(0, whole.Length).Select(i => $"{i}"), whole.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("offset").ToString()));
    }

    [Fact]
    public void On_a_full_disk_none_is_printed_and_the_failure_is_thrown()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, a device that is always full");
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using var printer = Printer((int)full.DangerousGetHandle());

        var error = Assert.Throws<HopsKafkaException>(() => printer.Flush(() => true, _printed.Add));

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Empty(_printed);
    }

    [Fact]
    public async Task After_its_reader_has_closed_the_pipe_none_is_printed()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.DisposeLocalCopyOfClientHandle();
        using var printer = Printer((int)pipe.SafePipeHandle.DangerousGetHandle());

        printer.Flush(() => true, _printed.Add);

        Assert.False(printer.HasReader);
        Assert.Empty(_printed);
    }

    [Fact]
    public async Task An_event_whose_text_would_fill_the_memory_is_refused_and_leaves_no_part_of_it()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var reader = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        using var printer = new EventPrinter(
            new JsonFormat(new OutputOptions { Kind = OutputFormat.Json }), new StandardOutput((int)pipe.SafePipeHandle.DangerousGetHandle()));
        var small = Events.Record("""{"name":"n","type":"int"}""");
        // 900,000 records without a byte, each with a name of 1,000 characters.
        var name = new string('x', 1000);
        var large = Events.Record(
            """{"name":"a","type":{"type":"array","items":{"type":"record","name":"E","fields":[{"name":"NAME","type":"null"}]}}}""".Replace("NAME", name, StringComparison.Ordinal));
        printer.Add(Events.Of(small, "02", offset: 1));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<BadMessageException>(() => printer.Add(Events.Of(large, "C0EE6D00", offset: 2)));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        printer.Skip(1, 2);
        printer.Add(Events.Of(small, "04", offset: 3));
        printer.Flush(() => true, _printed.Add);
        pipe.Dispose();
        var text = await new StreamReader(reader).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("It is more than 512 MiB as text.", error.Message);
        Assert.InRange(allocated, 0, 1_000_000_000);
        Assert.Equal(["1", "3"], text.Split('\n')[..^1].Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("offset").ToString()));
    }

    private static EventPrinter Printer(int descriptor)
    {
        var printer = new EventPrinter(new JsonFormat(new OutputOptions { Kind = OutputFormat.Json }), new StandardOutput(descriptor));
        var schema = Events.Record("""{"name":"n","type":"int"}""");
        for (var i = 0; i < Count; i++)
        {
            printer.Add(Events.Of(schema, "02", offset: i));
        }

        return printer;
    }
}
