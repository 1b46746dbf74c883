using System.Xml.Linq;
using HopsKafka.Consumer.Pictures;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

public sealed class DrawRunSpecs : IDisposable
{
    private readonly TempDir _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broken_line_is_reported_with_its_place_the_rest_is_drawn_and_the_exit_code_says_so()
    {
        _folder.Write("a.jsonl", $"{Event(0, 1)}\n{Event(1, 2)[..40]}\n\n{{\"topic\": \"t\"}}\n[]\n{Event(2, 3)}\n{{\"topic\":\"\\ud800\",\"partition\":0,\"offset\":1}}\n");

        var result = await DrawAsync("a.jsonl");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("warning: a.jsonl, line 2 is skipped: it is not JSON, perhaps cut off.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: a.jsonl, line 4 is skipped: it is not an event: topic, partition or offset is missing.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: a.jsonl, line 5 is skipped: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: a.jsonl, line 7 is skipped: a string in it is not valid Unicode.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("Read 2 events from 1 file.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("|2 events|s1|3|", Texts(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_line_of_600_MB_is_left_out_without_being_kept_and_the_next_one_is_read()
    {
        var path = LongLine.Write(_folder, "a.jsonl", Event(0, 1));
        var files = new SavedFiles([path]);
        var places = new List<string>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        files.Read((_, where) => places.Add(where), CancellationToken.None);

        Assert.Equal([$"{path}, line 2"], places);
        Assert.Equal(1, files.InvalidLines);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LongLine.MostMemory);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_reported_and_the_others_are_drawn()
    {
        _folder.Write("a.jsonl", Event(0, 1));

        var result = await DrawAsync("absent.jsonl", "a.jsonl");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("warning: absent.jsonl cannot be read: there is no such file.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("|1 event|s1|1|", Texts(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_events_with_the_same_place_one_is_drawn_and_the_same_offset_elsewhere_is_another_event()
    {
        _folder.Write("a.jsonl", string.Join('\n', Event(0, 1), Event(0, 1), Event(0, 2, partition: 1), Event(0, 3, topic: "u")));

        var result = await DrawAsync("a.jsonl", "a.jsonl");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Read 3 events from 2 files, 5 duplicates skipped.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("|3 events|s1|", Texts(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_event_of_the_doctor_is_not_drawn()
    {
        var doctor = Event(1, 7).Replace("s1", "hops-doctor", StringComparison.Ordinal)
            .Replace("\"headers\":[]", "\"headers\":[{\"name\":\"hops-doctor\",\"base64\":\"AQ==\"}]", StringComparison.Ordinal);
        _folder.Write("a.jsonl", string.Join('\n', Event(0, 1), doctor));

        var result = await DrawAsync("a.jsonl");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("|1 event|s1|", Texts(), StringComparison.Ordinal);
        Assert.DoesNotContain("hops-doctor", Texts(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_thousand_are_drawn_in_the_order_of_their_time_whichever_file_has_them()
    {
        _folder.Write("late.jsonl", string.Join('\n', Enumerable.Range(1000, 600).Select(n => Event(n, n))));
        _folder.Write("early.jsonl", string.Join('\n', Enumerable.Range(0, 1000).Select(n => Event(n, n))));

        var result = await DrawAsync("late.jsonl", "early.jsonl");

        Assert.Equal(0, result.ExitCode);
        var texts = Texts();
        Assert.Contains("|1,600 events|s1|1599|", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("|0|0|", texts.Replace("|200|", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("|1000|", texts.Replace("1,000", "1000", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_values_are_drawn_by_their_fields_and_named_when_no_field_is_given()
    {
        _folder.Write("a.jsonl", """
            {"key":"k","value":{"place":{"city":"Kiruna"},"rain":1.5,"day":"2026-01-01"},"topic":"t","partition":0,"offset":0,"timestamp":"2026-01-01T00:00:00.000Z","headers":[]}
            {"key":"k","value":null,"topic":"t","partition":0,"offset":1,"timestamp":null,"tombstone":true,"headers":[]}
            {"key":"k","value":{"place":{"city":"Kiruna"},"rain":"NaN"},"topic":"t","partition":0,"offset":2,"timestamp":null,"headers":[]}
            {"key":"k","value":{"place.city":"Luleå","rain":4},"topic":"t","partition":0,"offset":3,"timestamp":null,"headers":[]}
            """);

        var unsaid = await DrawAsync("a.jsonl");
        var said = await DrawAsync("a.jsonl", "--plot-field", "rain", "--plot-by", "place.city");

        Assert.Contains("The event at a.jsonl, line 1 is not drawn: it is not a sensor reading. Name what to draw, such as --plot-field rain", unsaid.Error, StringComparison.Ordinal);
        Assert.Contains("3 events had nothing to draw", unsaid.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (unsaid.ExitCode, said.ExitCode));
        Assert.Contains("|2 events, 1 not finite|Kiruna|", Texts(), StringComparison.Ordinal);
        Assert.Contains("|1 event|Luleå|4|", Texts(), StringComparison.Ordinal);
    }

    private async Task<ToolResult> DrawAsync(params string[] arguments)
    {
        await using var tool = ToolProcess.Start("avro-consumer", _folder.Path, null, ["--plot", "all.svg", "--draw", .. arguments]);
        return await tool.WaitForExitAsync();
    }

    private string Texts() => string.Join('|', XDocument.Load(_folder.File("all.svg"))
        .Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())) + "|";

    private static string Event(int offset, int value, int partition = 0, string topic = "t") => FormattableString.Invariant(
        $$"""{"key":"s1","value":{"timestamp":{{1_700_000_000_000 + (value * 1000L)}},"id":"s1","value":{{value}}},"topic":"{{topic}}","partition":{{partition}},"offset":{{offset}},"timestamp":null,"headers":[]}""");
}
