using System.Text;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Plotting;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Consumer;

public sealed class PlotFeedSpecs
{
    private const string Schema = """
        {"type": "record", "name": "weather", "fields": [
            {"name": "place", "type": {"type": "record", "name": "place", "fields": [{"name": "city", "type": "string"}, {"name": "height", "type": "int"}]}},
            {"name": "rain", "type": ["null", "double"]},
            {"name": "count", "type": "long"}]}
        """;

    private static readonly global::Avro.RecordSchema s_schema = (global::Avro.RecordSchema)global::Avro.Schema.Parse(Schema);

    private readonly ReadingHistory _history = new();
    private readonly SkippedEvents _undrawn = new();
    private long _offset;

    [Theory]
    [InlineData("rain", "place.city", "Kiruna", 1.5)]
    [InlineData("place.height", "_key", "the key", 530)]
    [InlineData("count", "_partition", "partition 3", 7)]
    [InlineData("count", "rain", "1.5", 7)]
    public void Any_numeric_field_is_drawn_by_any_field_the_key_or_the_partition(string field, string by, string group, double value)
    {
        Feed(field, by, FigureAxis.Events).Add(Weather(1.5));

        var series = Assert.Single(_history.Snapshot());
        Assert.Equal((group, new ReadingPoint(0, value, 3)), (series.Id, Assert.Single(series.Points)));
        Assert.Equal("", _undrawn.Summary);
    }

    [Theory]
    [InlineData("place.city", "_key")]
    [InlineData("place", "_key")]
    [InlineData("wind", "_key")]
    [InlineData("count", "wind")]
    public void What_is_no_number_or_absent_is_counted_and_the_rest_goes_on(string field, string by)
    {
        var feed = Feed(field, by, FigureAxis.Events);

        feed.Add(Weather(1));
        feed.Add(Weather(2));

        Assert.Empty(_history.Snapshot());
        Assert.Equal("; 2 events had nothing to draw", _undrawn.Summary);
    }

    [Fact]
    public void A_field_that_is_null_now_and_then_is_drawn_where_it_is_a_number()
    {
        var feed = Feed("rain", "_key", FigureAxis.Events);

        feed.Add(Weather(1));
        feed.Add(Weather(null));
        feed.Add(Weather(3));

        Assert.Equal([1.0, 3], Assert.Single(_history.Snapshot()).Points.Select(point => point.Y));
        Assert.Equal("; 1 event had nothing to draw", _undrawn.Summary);
    }

    [Fact]
    public void The_numeric_fields_of_a_schema_are_known_by_their_paths() =>
        Assert.Equal(["place.height", "rain", "count"], AvroNumber.FieldsOf(WriterSchema.Of(1, Schema, null).Type));

    [Fact]
    public void The_step_comes_from_the_header_and_is_counted_where_there_is_none()
    {
        var feed = Feed("count", "_key", new PlotOptions().Axis);

        feed.Add(Weather(1));
        feed.Add(Weather(1, new Header("hops-step", [0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0, 0, 0, 1, 0])));
        feed.Add(Weather(1, new Header("hops-step", [1])));

        var series = Assert.Single(_history.Snapshot());
        Assert.Equal([0.0, 256, 2], series.Points.Select(point => point.X));
        Assert.False(series.HasPositions);
    }

    [Fact]
    public void Time_is_that_of_kafka_where_the_event_is_no_sensor_reading()
    {
        Feed("count", "_key", FigureAxis.Time).Add(Weather(1));

        Assert.Equal([1_700_000_000_001], Assert.Single(_history.Snapshot()).Points.Select(point => (long)point.X));
    }

    [Fact]
    public void The_doctors_event_is_not_drawn_and_not_counted()
    {
        var feed = Feed("count", "_key", FigureAxis.StepElseEvents);

        feed.Add(Weather(1, new Header("hops-doctor", [1])));
        feed.Add(Weather(2, new Header("hops-step", [0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0, 0, 0, 1, 0])));

        Assert.True(Assert.Single(_history.Snapshot()).HasPositions);
        Assert.Equal((1, ""), (_history.Added, _undrawn.Summary));
    }

    [Fact]
    public void What_a_rebalance_brings_again_is_drawn_once_and_a_topic_made_anew_goes_on()
    {
        var feed = Feed("count", "_key", FigureAxis.Events);
        var (first, second) = (Weather(1), Weather(2));
        feed.Add(first);
        feed.Add(second);

        feed.Add(first);
        feed.Add(second);
        var again = _history.Added;
        _offset = 0;
        feed.Add(Weather(3, time: 1_800_000_000_000));

        Assert.Equal((2, 3), (again, _history.Added));
    }

    private PlotFeed Feed(string field, string by, FigureAxis axis) => new(
        new PlotOptions { File = "a.png", Field = FieldPath.TryParse(field), By = PlotGroup.TryParse(by), Axis = axis }, _history, _undrawn);

    private DecodedEvent Weather(double? rain, Header? header = null, long? time = null)
    {
        var place = new GenericRecord((global::Avro.RecordSchema)s_schema["place"].Schema);
        place.Add("city", "Kiruna");
        place.Add("height", 530);
        var record = new GenericRecord(s_schema);
        record.Add("place", place);
        record.Add("rain", rain);
        record.Add("count", 7L);
        using var bytes = new MemoryStream(new byte[1000]);
        bytes.Position = ConfluentFraming.Size;
        new GenericWriter<GenericRecord>(s_schema).Write(record, new BinaryEncoder(bytes));
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes("the key"),
            Value = bytes.ToArray()[..(int)bytes.Position],
            Headers = header is null ? [] : [header],
            Timestamp = new Timestamp(time ?? 1_700_000_000_000 + ++_offset, TimestampType.CreateTime),
        };
        var schema = WriterSchema.Of(1, Schema, null);
        return new DecodedEvent(new ConsumeResult<byte[], byte[]> { Message = message, Topic = "weather", Partition = 3, Offset = _offset })
        {
            Schema = schema,
            Value = schema.Decode(message.Value),
        };
    }
}
