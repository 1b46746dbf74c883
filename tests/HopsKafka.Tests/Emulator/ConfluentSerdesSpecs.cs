using System.Buffers;
using System.Text.Json.Nodes;
using Avro;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.Avro;
using HopsKafka.Tests.Sandbox.Rest;
using HopsKafka.Tests.SchemaRegistry;
using Schema = Avro.Schema;

namespace HopsKafka.Tests.Emulator;

/// <summary>Confluent's serdes through our client, against the embedded Hopsworks of every release: bytes as ours, in both directions.</summary>
[Collection(typeof(EmulatorTests))]
public sealed class ConfluentSerdesSpecs(EmulatedReleases releases)
{
    private const int Readings = 10_000;
    private const int Schemas = 400;

    // Apache.Avro computes milliseconds from ticks in double precision, which is exact for the years 1514 to 2426.
    private const long ExactMilliseconds = 14_400_000_000_000;

    private static readonly SensorReading s_reading = new(1635861774123, "sensor0", 1.5);
    private static readonly SerializationContext s_context = new(MessageComponentType.Value, "temperature");
    private static readonly RecordSchema s_page = (RecordSchema)Schema.Parse(RestTestServer.FieldLevelLogicalType);
    private static readonly RecordSchema s_tutorial = (RecordSchema)Schema.Parse(SensorSchema.TutorialText);

    public static TheoryData<string, string> ReleasesAndTexts { get; } =
        [.. from row in EmulatedReleases.Names from text in new[] { RestTestServer.FieldLevelLogicalType, RestTestServer.NestedLogicalType } select (row.Data, text)];

    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task Golden_bytes_are_written_and_read(string release)
    {
        var project = releases.NewProject(release);
        var id = project.Register("sensor", RestTestServer.FieldLevelLogicalType).Id;
        using var client = project.CachingClient();
        var serializer = new AvroSerializer<GenericRecord>(client, HopsworksSerdes.Serializer);
        var deserializer = new AvroDeserializer<GenericRecord>(client, HopsworksSerdes.Deserializer);
        foreach (var golden in GoldenPayload.All)
        {
            // With a plain long, which holds any time.
            var record = new GenericRecord(s_page);
            record.Add("timestamp", golden.Reading.Timestamp);
            record.Add("id", golden.Reading.Id);
            record.Add("value", golden.Reading.Value);
            var expected = golden.Bytes.ToArray();
            ConfluentFraming.Write(expected, id);

            var bytes = await serializer.SerializeAsync(record, s_context);
            var read = await deserializer.DeserializeAsync(expected, false, s_context);

            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(bytes));
            Assert.Equal((golden.Reading.Timestamp, golden.Reading.Id, golden.Reading.Value), (read["timestamp"], read["id"], read["value"]));
        }
    }

    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task Random_readings_have_the_same_bytes_by_both_and_are_read_by_both(string release)
    {
        var project = releases.NewProject(release);
        var id = project.Register("sensor", SensorSchema.TutorialText).Id;
        using var client = project.CachingClient();
        var serializer = new AvroSerializer<GenericRecord>(client, HopsworksSerdes.Serializer);
        var deserializer = new AvroDeserializer<GenericRecord>(client, HopsworksSerdes.Deserializer);
        var classId = project.Register(GeneratedSensor.Name, GeneratedSensor.Named(SensorSchema.TutorialText)).Id;
        var classSerializer = new AvroSerializer<GeneratedSensor>(client, HopsworksSerdes.Serializer);
        var classDeserializer = new AvroDeserializer<GeneratedSensor>(client, HopsworksSerdes.Deserializer);
        var ours = new SensorSerializer(id, SensorSchema.TutorialText);
        var oursOfClass = new SensorSerializer(classId, SensorSchema.TutorialText);
        var reader = new ReadingDecoder(client);
        var random = new Random(1);
        for (var i = 0; i < Readings; i++)
        {
            var reading = new SensorReading(
                random.NextInt64(-ExactMilliseconds, ExactMilliseconds), $"sensor{random.Next(1000)}", BitConverter.Int64BitsToDouble(random.NextInt64()));

            var theirs = await serializer.SerializeAsync(Record(reading), s_context);
            var own = ours.Serialize(reading, s_context);
            var theirsOfClass = await classSerializer.SerializeAsync(new GeneratedSensor { Reading = reading }, s_context);
            var ownOfClass = oursOfClass.Serialize(reading, s_context);

            Assert.Equal(own, theirs);
            Assert.Equal(ownOfClass, theirsOfClass);
            Assert.Equal(reading, await reader.DecodeAsync(theirs));
            Assert.Equal(reading, Reading(await deserializer.DeserializeAsync(own, false, s_context)));
            Assert.Equal(reading, (await classDeserializer.DeserializeAsync(ownOfClass, false, s_context)).Reading);
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task Random_schemas_are_written_and_read_alike(string release)
    {
        // What differs by release are the calls, not the schemas.
        for (var seed = 0; seed < Schemas; seed += release == EmulatedReleases.Newest ? 1 : 10)
        {
            var project = releases.NewProject(release);
            using var client = project.CachingClient();
            var serializer = new AvroSerializer<GenericRecord>(client, HopsworksSerdes.Serializer);
            var deserializer = new AvroDeserializer<GenericRecord>(client, HopsworksSerdes.Deserializer);

            // Without logical types, for which Apache.Avro wants values of its own.
            var schema = (RecordSchema)Schema.Parse(WithoutLogicalTypes(JsonNode.Parse(new RandomSchema(new Random(seed)).Text())!).ToJsonString());
            var text = schema.ToString();
            var id = project.Register(schema.Fullname, text).Id;
            var value = (GenericRecord)new RandomValue(new Random(seed)).Of(schema)!;

            var bytes = await serializer.SerializeAsync(value, s_context);
            var decoded = WriterSchema.Of(id, text, null).Decode(bytes);
            RandomValue.AssertSame(value, decoded);
            var ours = new ArrayBufferWriter<byte>();
            ConfluentFraming.Write(ours.GetSpan(ConfluentFraming.Size), id);
            ours.Advance(ConfluentFraming.Size);
            AvroValueWriter.Write(ours, decoded.Type, decoded);
            var read = await deserializer.DeserializeAsync(ours.WrittenMemory, false, s_context);

            Assert.Equal((seed, Convert.ToHexString(bytes)), (seed, Convert.ToHexString(ours.WrittenSpan)));
            Assert.Equal((seed, Convert.ToHexString(bytes.AsSpan(ConfluentFraming.Size))), (seed, Convert.ToHexString(Written(schema, read))));
        }
    }

    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task Golden_bytes_are_written_and_read_by_a_generated_class(string release)
    {
        var project = releases.NewProject(release);
        var id = project.Register(GeneratedSensor.Name, GeneratedSensor.Named(RestTestServer.NestedLogicalType)).Id;
        using var client = project.CachingClient();
        var serializer = new AvroSerializer<GeneratedSensor>(client, HopsworksSerdes.Serializer);
        var deserializer = new AvroDeserializer<GeneratedSensor>(client, HopsworksSerdes.Deserializer);
        foreach (var golden in GoldenPayload.All.Where(g => Math.Abs(g.Reading.Timestamp) < ExactMilliseconds))
        {
            var expected = golden.Bytes.ToArray();
            ConfluentFraming.Write(expected, id);

            var bytes = await serializer.SerializeAsync(new GeneratedSensor { Reading = golden.Reading }, s_context);
            var read = await deserializer.DeserializeAsync(expected, false, s_context);

            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(bytes));
            Assert.Equal(golden.Reading, read.Reading);
        }
    }

    // The tutorial's page has the logical type beside the type, where it counts for nothing: the bytes are the same, read as a plain long.
    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task A_generated_class_is_written_with_the_id_of_another_text(string release)
    {
        var project = releases.NewProject(release);
        var id = project.Register(GeneratedSensor.Name, GeneratedSensor.Named(RestTestServer.FieldLevelLogicalType)).Id;
        using var client = project.CachingClient();

        var bytes = await new AvroSerializer<GeneratedSensor>(client, HopsworksSerdes.Serializer)
            .SerializeAsync(new GeneratedSensor { Reading = s_reading }, s_context);
        var read = await new AvroDeserializer<GenericRecord>(client, HopsworksSerdes.Deserializer).DeserializeAsync(bytes, false, s_context);

        Assert.Equal(new SensorSerializer(id, SensorSchema.TutorialText).Serialize(s_reading, s_context), bytes);
        Assert.Equal((s_reading.Timestamp, s_reading.Id, s_reading.Value), (read["timestamp"], read["id"], read["value"]));
    }

    [Theory]
    [MemberData(nameof(ReleasesAndTexts))]
    public async Task A_record_is_written_with_the_id_of_another_text(string release, string registered)
    {
        var project = releases.NewProject(release);
        var id = project.Register("sensor", registered).Id;
        using var client = project.CachingClient();

        var bytes = await new AvroSerializer<GenericRecord>(client, HopsworksSerdes.Serializer).SerializeAsync(Record(s_reading), s_context);

        Assert.Equal(new SensorSerializer(id, SensorSchema.TutorialText).Serialize(s_reading, s_context), bytes);
    }

    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task A_schema_of_other_fields_is_not_registered_and_not_written(string release)
    {
        var project = releases.NewProject(release);
        project.Register("sensor", """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"}]}""");
        using var client = project.CachingClient();
        var serializer = new AvroSerializer<GenericRecord>(client, HopsworksSerdes.Serializer);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => serializer.SerializeAsync(Record(new SensorReading(0, "a", 0)), s_context));

        Assert.Equal(HopsworksErrorCode.SchemaNotFound, e.ErrorCode);
        Assert.Equal([1], await client.GetSubjectVersionsAsync("sensor"));
    }

    [Theory]
    [MemberData(nameof(EmulatedReleases.Names), MemberType = typeof(EmulatedReleases))]
    public async Task Confluents_defaults_register_under_the_topics_name(string release)
    {
        using var client = releases.NewProject(release).CachingClient();

        var bytes = await new AvroSerializer<GenericRecord>(client).SerializeAsync(Record(s_reading), s_context);

        var registered = await client.GetLatestSchemaAsync("temperature-value");
        Assert.Equal(new SensorSerializer(registered.Id, SensorSchema.TutorialText).Serialize(s_reading, s_context), bytes);
    }

    [Fact]
    public void A_preset_is_new_each_time() => Assert.False(ReferenceEquals(HopsworksSerdes.Serializer, HopsworksSerdes.Serializer));

    private static byte[] Written(RecordSchema schema, GenericRecord record)
    {
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(stream));
        return stream.ToArray();
    }

    private static GenericRecord Record(SensorReading reading)
    {
        var record = new GenericRecord(s_tutorial);
        record.Add("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(reading.Timestamp).UtcDateTime);
        record.Add("id", reading.Id);
        record.Add("value", reading.Value);
        return record;
    }

    private static SensorReading Reading(GenericRecord record) => new(
        new DateTimeOffset((DateTime)record["timestamp"]).ToUnixTimeMilliseconds(), (string)record["id"], (double)record["value"]);

    private static JsonNode WithoutLogicalTypes(JsonNode node)
    {
        (node as JsonObject)?.Remove("logicalType");
        var inner = node switch
        {
            JsonObject schema => schema.Select(p => p.Value),
            JsonArray list => list,
            _ => Enumerable.Empty<JsonNode?>(),
        };
        foreach (var part in inner.OfType<JsonNode>().ToList())
        {
            WithoutLogicalTypes(part);
        }

        return node;
    }
}
