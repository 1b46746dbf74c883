using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.Sensors;

public sealed class SensorSerializerSpecs
{
    [Theory]
    [MemberData(nameof(GoldenPayload.Indexes), MemberType = typeof(GoldenPayload))]
    public void Golden_bytes_are_written_exactly(int index)
    {
        var golden = GoldenPayload.All[index];
        var serializer = Tutorial(golden.SchemaId);

        var bytes = serializer.Serialize(golden.Reading, SerializationContext.Empty);

        Assert.Equal(golden.Bytes, bytes);
    }

    [Theory]
    [MemberData(nameof(GoldenPayload.Indexes), MemberType = typeof(GoldenPayload))]
    public void The_avro_librarys_own_writer_gives_the_same_bytes(int index)
    {
        var golden = GoldenPayload.All[index];
        // As plain long: its timestamp-millis goes by way of a double and is one off in the year 9999.
        var schema = (global::Avro.RecordSchema)ApacheSchema.Plain(SensorSchema.TutorialText);
        var record = new GenericRecord(schema);
        record.Add("timestamp", golden.Reading.Timestamp);
        record.Add("id", golden.Reading.Id);
        record.Add("value", golden.Reading.Value);
        using var bytes = new MemoryStream();

        new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(bytes));

        Assert.Equal(golden.Bytes[ConfluentFraming.Size..], bytes.ToArray());
    }

    [Theory]
    [InlineData(0L, "")]
    [InlineData(-1L, "a")]
    [InlineData(63L, "å")]
    [InlineData(64L, "sensor0")]
    [InlineData(-65L, "漢字")]
    [InlineData(long.MaxValue, "😀")]
    [InlineData(long.MinValue, "0123456789012345678901234567890123456789012345678901234567890123")]
    public void The_sizes_are_right_at_every_boundary_of_the_number_format(long timestamp, string id)
    {
        var reading = new SensorReading(timestamp, id, double.NaN);
        var serializer = Tutorial(7);
        var buffer = new byte[serializer.GetMaxSize(reading)];

        var written = serializer.Write(buffer, reading);

        Assert.Equal(serializer.GetSize(reading), written);
        Assert.Equal(reading, serializer.Read(buffer[..written]));
    }

    [Fact]
    public void A_buffer_too_small_is_refused_and_not_overrun()
    {
        var serializer = Tutorial(7);
        var reading = GoldenPayload.All[0].Reading;

        Assert.ThrowsAny<ArgumentException>(() => serializer.Write(new byte[serializer.GetSize(reading) - 1], reading));
    }

    [Fact]
    public void Fields_in_another_order_are_written_in_that_order()
    {
        var serializer = With("""{"name":"value","type":"double"},{"name":"id","type":"string"},{"name":"timestamp","type":"long"}""");

        var bytes = serializer.Serialize(new SensorReading(-1, "s", 1.5), SerializationContext.Empty);

        Assert.Equal("0000000007" + "000000000000F83F" + "0273" + "01", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Further_fields_are_written_with_their_defaults()
    {
        var serializer = With(
            """
            {"name":"unit","type":"string","default":"°C"},{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
            {"name":"place","type":["null","string"],"default":null},{"name":"id","type":"string"},
            {"name":"tags","type":{"type":"array","items":"int"},"default":[1,2]},
            {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]},"default":"B"},{"name":"value","type":"double"},
            {"name":"since","type":{"type":"int","logicalType":"date"},"default":3}
            """);

        var bytes = serializer.Serialize(new SensorReading(-1, "s", 1.5), SerializationContext.Empty);

        Assert.Equal(
            "0000000007" + "06C2B043" + "01" + "00" + "0273" + "04020400" + "02" + "000000000000F83F" + "06", Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_record_that_refers_to_itself_is_written()
    {
        var serializer = With(
            """
            {"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"},
            {"name":"previous","type":["null","sensor"],"default":null}
            """);

        var bytes = serializer.Serialize(new SensorReading(-1, "s", 1.5), SerializationContext.Empty);

        Assert.Equal("0000000007" + "01" + "0273" + "000000000000F83F" + "00", Convert.ToHexString(bytes));
    }

    [Fact]
    public void An_id_that_is_not_unicode_is_refused()
    {
        var reading = new SensorReading(0, "sensor\ud800", 0);

        Assert.Throws<HopsKafkaException>(() => Tutorial(7).Serialize(reading, SerializationContext.Empty));
        Assert.Throws<HopsKafkaException>(() => Tutorial(7).Write(new byte[100], reading));
    }

    [Fact]
    public void Writing_into_a_buffer_allocates_nothing()
    {
        var serializer = Tutorial(7);
        var reading = GoldenPayload.All[1].Reading;
        var buffer = new byte[100];
        serializer.Write(buffer, reading);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            serializer.Write(buffer, reading);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static SensorSerializer Tutorial(int id) => new(id, SensorSchema.TutorialText);

    private static SensorSerializer With(string fields) =>
        new(7, $$"""{"type":"record","name":"sensor","fields":[{{fields}}]}""");
}
