using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.CsvEncoding;

/// <summary>Random rows that another library wrote are read as the same values as their JSON.</summary>
public sealed class CsvRouteSpecs
{
    private const int SeedsPerCase = 20;

    private static readonly string s_schema = CsvInput.Record(
        CsvInput.Field("id", "\"string\""),
        CsvInput.Field("n", "\"long\""),
        CsvInput.Field("x", "[\"null\",\"double\"]"),
        CsvInput.Field("on", "\"boolean\""),
        CsvInput.Field("e", """{"type":"enum","name":"E","symbols":["A","B"]}"""),
        CsvInput.Field("raw", "[\"bytes\",\"null\"]"),
        CsvInput.Field("at", """["null",{"type":"long","logicalType":"timestamp-micros"}]"""),
        CsvInput.Field("price", """{"type":"bytes","logicalType":"decimal","precision":20,"scale":3}"""),
        CsvInput.Field("tags", """{"type":"array","items":"string"}"""),
        CsvInput.Field("any", "[\"null\",\"string\",\"long\"]"),
        CsvInput.Field("place", """["null",{"type":"record","name":"P","fields":[{"name":"city","type":"string"},{"name":"zip","type":["null","int"]}]}]"""));

    private static readonly string[] s_columns = ["id", "n", "x", "on", "e", "raw", "at", "price", "tags", "any", "place.city", "place.zip"];

    public static TheoryData<int> Firsts => [.. Enumerable.Range(0, 5).Select(i => i * SeedsPerCase)];

    [Theory]
    [MemberData(nameof(Firsts))]
    public void Rows_of_csvhelper_are_the_same_values_as_their_json(int first)
    {
        for (var seed = first; seed < first + SeedsPerCase; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, 20).Select(_ => Row.Of(random)).ToList();
            var columns = s_columns.OrderBy(_ => random.Next()).ToArray();

            Assert.Equal(rows.Select(row => Encoded(row.Json)), Read(Written(rows, columns, random), columns));
        }
    }

    private static IEnumerable<string> Read(string csv, string[] columns)
    {
        using var reader = CsvInput.Open(csv, s_schema);
        Assert.Equal(columns, reader.Columns);
        var output = new ArrayBufferWriter<byte>();
        while (reader.Read())
        {
            output.ResetWrittenCount();
            reader.Encode(output);
            yield return Convert.ToHexString(output.WrittenSpan);
        }
    }

    private static string Written(List<Row> rows, string[] columns, Random random)
    {
        using var text = new StringWriter();
        var always = random.Next(3) == 0;
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = random.Next(2) == 0 ? "\n" : "\r\n" };
        using (var csv = new CsvWriter(text, settings))
        {
            // An empty text would be null without its quotes.
            bool IsQuoted(string cell) => always || cell.Length == 0 || ConfigurationFunctions.ShouldQuote(new ShouldQuoteArgs(cell, typeof(string), csv));
            Array.ForEach(columns, csv.WriteField);
            csv.NextRecord();
            foreach (var row in rows)
            {
                Array.ForEach(columns, column => csv.WriteField(row.Cells[column], row.Cells[column] is { } cell && IsQuoted(cell)));
                csv.NextRecord();
            }
        }

        return text.ToString();
    }

    private static string Encoded(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        new AvroJsonEncoder(AvroType.Parse(s_schema), false).Encode(Encoding.UTF8.GetBytes(json), output);
        return Convert.ToHexString(output.WrittenSpan);
    }

    private sealed record Row(IReadOnlyDictionary<string, string?> Cells, string Json)
    {
        private static readonly string[] s_texts = ["", "a", " a ", "naïve 😀", "a,b", "\"", "\"\"x", "line\nbreak\r\n", "\t;|", "null", "12", "=1+1", "'", "\\"];

        public static Row Of(Random random)
        {
            var cells = new Dictionary<string, string?>
            {
                ["id"] = Text(random),
                ["n"] = random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
                ["x"] = Maybe(random, () => (random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToString("E16", CultureInfo.InvariantCulture)),
                ["on"] = random.Next(2) == 0 ? "true" : "false",
                ["e"] = random.Next(2) == 0 ? "A" : "B",
                ["raw"] = Maybe(random, () => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(random)))),
                ["at"] = Maybe(random, () => DateTime.UnixEpoch.AddMicroseconds(random.NextInt64(1L << 50)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
                ["price"] = (random.NextInt64(-1L << 50, 1L << 50) / 1000m).ToString(CultureInfo.InvariantCulture),
                ["tags"] = JsonSerializer.Serialize(Enumerable.Range(0, random.Next(4)).Select(_ => Text(random)).ToArray()),
                ["any"] = Maybe(random, () => random.Next(2) == 0 ? "17" : JsonSerializer.Serialize(Text(random))),
                ["place.city"] = Maybe(random, () => Text(random)),
            };
            cells["place.zip"] = cells["place.city"] is null ? null : Maybe(random, () => $"{random.Next()}");
            return new Row(cells, JsonOf(cells));
        }

        private static string JsonOf(Dictionary<string, string?> cells)
        {
            string Raw(string column) => cells[column] ?? "null";
            string Quoted(string column) => JsonSerializer.Serialize(cells[column]);
            var place = cells["place.city"] is null ? "null" : $$"""{"city":{{Quoted("place.city")}},"zip":{{Raw("place.zip")}}}""";
            return $$"""
                {"id":{{Quoted("id")}},"n":{{Raw("n")}},"x":{{Raw("x")}},"on":{{Raw("on")}},"e":{{Quoted("e")}},"raw":{{Quoted("raw")}},"at":{{Quoted("at")}},
                "price":{{Raw("price")}},"tags":{{Raw("tags")}},"any":{{Raw("any")}},"place":{{place}}}
                """;
        }

        private static string Text(Random random) => s_texts[random.Next(s_texts.Length)];

        private static string? Maybe(Random random, Func<string> value) => random.Next(3) == 0 ? null : value();
    }
}
