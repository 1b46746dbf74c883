using Avro.Generic;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>Avro files whose schema is not simply that of the events' writer, read back by Apache.Avro.</summary>
public sealed class AvroFileSchemaSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    private string FilePath => _dir.File("out.avro");

    public void Dispose() => _dir.Dispose();

    [Fact]
    public void With_a_readers_schema_the_file_has_that_schema()
    {
        const string Reader = """{"type":"record","name":"R","fields":[{"name":"u","type":["null","double"]},{"name":"d","type":"string","default":"é"}]}""";
        var schema = Events.Record("""{"name":"u","type":"int"}""");
        var reader = new ReaderSchema(Reader, AvroType.Parse(Reader));
        var one = Events.Of(schema, "02");
        using (var sink = new AvroFileSink(FilePath))
        {
            sink.Add(one with { Reader = reader, Value = AvroResolution.Resolve(one.Value!.Value, reader.Type) });
            sink.Add(one with { Schema = Events.Schema(schema.Text, 8), Reader = reader, Value = AvroResolution.Resolve(one.Value!.Value, reader.Type) });
            Flush(sink);
        }

        var records = Read(FilePath, out var text).Cast<GenericRecord>().ToList();

        Assert.Equal(Reader, text);
        Assert.Equal([(1.0, "é"), (1.0, "é")], records.Select(r => ((double)r["u"], (string)r["d"])));
    }

    [Fact]
    public void A_feature_groups_record_is_written_as_its_registered_schema_says()
    {
        var schema = Events.Schema(FeatureGroupRecord.Schema);
        var bytes = FeatureGroupRecord.Encode(
            FeatureGroupRecord.Schema, "s", null, null, new object?[] { "a", null }, null, FeatureGroupRecord.Place("Luleå", 1.5), new object[] { 1, 2 });
        using (var sink = new AvroFileSink(FilePath))
        {
            sink.Add(Events.Plain(bytes, null) with { Schema = schema, Value = schema.DecodeFeatures(bytes), IsFeatureGroup = true });
            Flush(sink);
        }

        var record = (GenericRecord)Assert.Single(Read(FilePath, out _));

        Assert.Equal(["a", null], (object?[])record["tags"]);
        Assert.Equal("Luleå", ((GenericRecord)record["place"])["city"]);
        Assert.Equal([1, 2], (object[])record["plain"]);
    }

    [Fact]
    public void A_null_where_the_schema_has_none_ends_it_and_says_where()
    {
        var schema = Events.Schema(FeatureGroupRecord.Schema);
        var bytes = FeatureGroupRecord.Encode(FeatureGroupRecord.Schema, "s", null, null, null, null, null, null);
        using var sink = new AvroFileSink(FilePath);

        var e = Assert.Throws<HopsKafkaException>(
            () => sink.Add(Events.Plain(bytes, null) with { Schema = schema, Value = schema.DecodeFeatures(bytes), IsFeatureGroup = true }));

        Assert.Equal("The event at t [1] offset 3 cannot be written to an Avro file of its schema: a null stands where the schema requires array.", e.Message);
    }

    private static List<object> Read(string path, out string schema) => AvroFileSinkSpecs.Read(path, out schema);

    private static void Flush(AvroFileSink sink) => sink.Flush(() => true, _ => { });
}
