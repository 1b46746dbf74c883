using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.Consumer;

namespace HopsKafka.Tests.Avro;

/// <summary>Schemas of a few thousand letters that mean more than memory holds: each record holds the one before it twice.</summary>
public sealed class HostileSchemaSpecs
{
    private const int Levels = 24;
    private const long MostMemory = 100_000_000;

    [Fact]
    public void Columns_without_end_are_refused_and_chosen_ones_are_written()
    {
        var one = Events.OfDatum(WriterSchema.Of(7, Doubled("""["null",S]""", "int"), null), [0, 0]);
        using var all = new OutputOptions { Kind = OutputFormat.Csv }.CreateFormat();
        using var chosen = new OutputOptions { Kind = OutputFormat.Csv, Fields = [FieldPath.TryParse("a.a.b")!] }.CreateFormat();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<HopsKafkaException>(() => all.Write(new ChunkedBuffer(), one));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.Contains("schema 7, which makes more than 10000 columns", error.Message, StringComparison.Ordinal);
        Assert.Contains("--fields", error.Remedy, StringComparison.Ordinal);
        Assert.Equal("a.a.b\r\n\"\"\r\n", Events.Written(chosen, one), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_default_without_end_is_refused()
    {
        var reader = AvroType.Parse($$$"""{"type":"record","name":"R","fields":[{"name":"x","type":{{{Doubled("S", "int", ""","default":{}""")}}},"default":{}}]}""");
        var written = BadBytesSpecs.Decode("""{"type":"record","name":"R","fields":[]}""", []);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<BadMessageException>(() => AvroResolution.Resolve(written, reader));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.Contains("has more than 100000 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_unknown_attributes_do_not_cost_the_square_of_their_number()
    {
        var attributes = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"p{i}\":{i}"));
        var text = $$"""{"type":"record","name":"sensor","p7":"first",{{attributes}},"p9":"last","fields":[{"name":"n","type":"int",{{attributes}}}]}""";
        var start = ThreadClock.Now;

        var type = AvroType.Parse(text);

        Assert.InRange((ThreadClock.Now - start).TotalSeconds, 0, 4);
        Assert.Equal((100_000, 100_000), (type.Props.Count, type.Fields[0].Props.Count));
        Assert.Equal(["p7", "p0"], type.Props.Take(2).Select(p => p.Key));
        Assert.Equal(("7", "last"), (type.Props[0].Value.ToString(), type.Props.Single(p => p.Key == "p9").Value.ToString()));
        Assert.Equal(SchemaMatch.Different, SchemaDifference.Between(LocalSchema.Of(SensorSchema.Tutorial), text).Match);
        Assert.InRange((ThreadClock.Now - start).TotalSeconds, 0, 8);
    }

    private static string Doubled(string held, string leaf, string attributes = "")
    {
        var number = attributes.Length > 0 ? ""","default":1""" : "";
        var schema = $$"""{"type":"record","name":"S0","fields":[{"name":"i","type":"{{leaf}}"{{number}}}]}""";
        for (var level = 1; level <= Levels; level++)
        {
            var (first, again) = (held.Replace("S", schema, StringComparison.Ordinal), held.Replace("S", $"\"S{level - 1}\"", StringComparison.Ordinal));
            schema = $$"""{"type":"record","name":"S{{level}}","fields":[{"name":"a","type":{{first}}{{attributes}}},{"name":"b","type":{{again}}{{attributes}}}]}""";
        }

        return schema;
    }
}
