using System.Buffers;
using System.Text;
using HopsKafka.Common;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>Lines of dead letters that no consumer writes.</summary>
public sealed class DeadLetterSpecs
{
    [Theory]
    [InlineData("null")]
    [InlineData("""{"name":"a"},null""")]
    public void A_header_that_is_null_is_reported(string headers)
    {
        var error = Assert.Throws<FormatException>(() => DeadLetter.Parse(Line("AAAAAAcC", headers)));

        Assert.Equal("a header of it is null", error.Message);
    }

    [Fact]
    public async Task A_letter_with_a_schema_whose_value_names_none_is_shown_with_its_bytes_and_the_next_one_is_decoded()
    {
        using var format = new DeadLetterFormat(new OutputOptions());
        var buffer = new ArrayBufferWriter<byte>();

        var first = await format.WriteAsync(buffer, DeadLetter.Parse(Line("eyI=", "")), default);
        var second = await format.WriteAsync(buffer, DeadLetter.Parse(Line("AAAAAAcC", "")), default);

        Assert.Equal((false, true), (first, second));
        Assert.Contains("value: 7b22", Encoding.UTF8.GetString(buffer.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_reported_with_the_files_name_and_the_events_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/full.");

        var error = Assert.Throws<HopsKafkaException>(() =>
        {
            using var file = DeadLetterFile.Append("/dev/full", "--on-error dead-letter");
            file.Add(DeadLetter.Parse(Line("AAAAAAcC", "")));
        });

        Assert.Contains("The dead-letter file /dev/full cannot be written: No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("t [0] offset 5 was not committed", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb\nc", 3)]
    public void A_file_that_already_contains_letters_is_reported_at_the_start_and_kept(string content, int letters)
    {
        using var dir = new TempDir();
        var path = dir.Write("letters.jsonl", content);
        var log = new List<string>();
        using (TestCommandContext.Use(log.Add))
        {
            using var handler = new DecodeErrorHandler(new ErrorPolicy(ErrorPolicyKind.DeadLetter, path, false), _ => null, commits: true);
        }

        Assert.Equal(content, File.ReadAllText(path));
        Assert.Equal(letters == 0 ? 0 : 1, log.Count);
        Assert.All(log, text => Assert.StartsWith(
            $"warning: {path} already contains {letters} dead letter{(letters == 1 ? "" : "s")}; further ones are appended.\n  avro-producer --replay sends all",
            text,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_letter_after_a_line_that_was_cut_off_is_on_a_line_of_its_own()
    {
        using var dir = new TempDir();
        var path = dir.Write("letters.jsonl", Line("AAAAAAcC", "") + "\n" + Line("AAAAAAcC", "")[..40]);
        using (var file = DeadLetterFile.Append(path, "--on-error dead-letter"))
        {
            file.Add(DeadLetter.Parse(Line("AAAAAAcC", "")));
        }

        var lines = DeadLetterFile.Read(path, "--decode").ToList();

        Assert.Equal([1, 3], lines.Where(line => line.Letter is not null).Select(line => line.Number));
        Assert.Equal([2], lines.Where(line => line.Letter is null).Select(line => line.Number));
    }

    [Fact]
    public void A_line_of_600_MB_is_left_out_without_being_kept_and_the_next_one_is_read()
    {
        using var dir = new TempDir();
        var path = LongLine.Write(dir, "letters.jsonl", Line("AAAAAAcC", ""));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var lines = DeadLetterFile.Read(path, "--decode").ToList();

        Assert.Equal([2], lines.Where(line => line.Letter is not null).Select(line => line.Number));
        Assert.Equal([new DeadLetterLine(1, null, null, "it is longer than 67108864 characters")], lines.Where(line => line.Letter is null));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LongLine.MostMemory);
    }

    private static string Line(string value, string headers) =>
        $$"""{"topic":"t","partition":0,"offset":5,"reason":"truncated","message":"cut off","schema":"\"int\"","value_base64":"{{value}}","headers":[{{headers}}]}""";
}
