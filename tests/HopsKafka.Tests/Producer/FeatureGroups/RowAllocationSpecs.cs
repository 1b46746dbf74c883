using HopsKafka.Cli;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.Producer.Inputs;
using HopsKafka.TestKit;
using HopsKafka.Tests.FeatureGroups;

namespace HopsKafka.Tests.Producer.FeatureGroups;

public sealed class RowAllocationSpecs
{
    private const int Rows = 5000;

    private static readonly RowLayout s_layout = GoldenGroup.Layout(GoldenGroup.Find("vectors", "structs, nested, and in an array"));

    [Fact]
    public void A_row_of_JSON_allocates_nothing() =>
        AssertNone("rows.jsonl", "", """{"id":7,"s":{"a":9007199254740993,"c":{"x":1.5,"tags":["k"]}},"items":[{"sku":"p1","qty":2},null]}""", InputFormat.Json);

    [Fact]
    public void A_row_of_CSV_allocates_nothing() => AssertNone(
        "rows.csv",
        "items,id,s\n",
        "\"[{\"\"sku\"\":\"\"p1\"\",\"\"qty\"\":2},null]\",1,\"{\"\"a\"\":9007199254740993,\"\"c\"\":{\"\"x\"\":1.5,\"\"tags\"\":[\"\"k\"\"]}}\"",
        InputFormat.Csv);

    private static void AssertNone(string name, string header, string row, InputFormat format)
    {
        using var dir = new TempDir();
        var path = dir.Write(name, header + string.Concat(Enumerable.Repeat(row + "\n", Rows)));
        var request = new InputRequest("config.toml", path, format) { FeatureGroup = new FeatureGroupRequest(new FeatureGroupName("g", 1)) };
        var schema = new InputSchema(1, s_layout.Schema) { Rows = s_layout };
        using var input = InputFile.Open(path, CancellationToken.None);
        using var reader = InputReader.Open(input, schema, request, null);
        var builder = new InputEventBuilder(schema, request, null) { Partitions = 2, Newest = new NewestRows(s_layout, null, DateTimeOffset.UtcNow) };
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(reader.MoveNext());
            builder.Create(reader);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0;
        while (reader.MoveNext())
        {
            builder.Create(reader);
            rows++;
        }

        Assert.Equal(Rows - 1000, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * rows);
    }
}
