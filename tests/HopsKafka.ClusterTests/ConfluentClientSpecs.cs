using System.Text.Json;
using Avro;
using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A program as users write it, with Confluent's clients and serdes on a config.toml, with this project's producer and consumer as its peers.</summary>
public sealed class ConfluentClientSpecs(KafkaFixture kafka)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);
    private static readonly SensorReading[] s_readings = [new(1635861774123, "sensor0", 1.5), new(0, "ångström", -0.1), new(-1, "", 5e-324)];

    [Fact]
    public async Task Generic_records_are_read_by_avro_consumer_and_by_Confluents_consumer()
    {
        await using var hops = await OpenAsync();
        var schema = (RecordSchema)Schema.Parse((await hops.SchemaRegistry.GetLatestSchemaAsync(hops.Subject)).SchemaString);

        await AssertWrittenIsReadAsync(hops, reading => Record(schema, reading), Reading);
    }

    [Fact]
    public async Task Objects_of_a_generated_class_are_read_by_avro_consumer_and_by_Confluents_consumer()
    {
        await using var hops = await OpenAsync();
        await RegisterClassAsync(hops);

        await AssertWrittenIsReadAsync(hops, reading => new GeneratedSensor { Reading = reading }, sensor => sensor.Reading);
    }

    [Fact]
    public async Task Events_of_avro_producer_are_read_as_generic_records()
    {
        await using var hops = await OpenAsync();

        await AssertSeriesIsReadAsync<GenericRecord>(hops, Reading);
    }

    [Fact]
    public async Task Events_of_avro_producer_are_read_as_objects_of_a_generated_class()
    {
        await using var hops = await OpenAsync();
        await RegisterClassAsync(hops);

        await AssertSeriesIsReadAsync<GeneratedSensor>(
            hops, sensor => sensor.Reading, [("HOPSKAFKA_KAFKA__SCHEMA", GeneratedSensor.Name)], "--use-registered");
    }

    [Fact]
    public async Task Without_its_certificate_the_program_is_refused()
    {
        await using var hops = await OpenAsync();
        var config = hops.AdminClientConfig();
        (config.SslCertificatePem, config.SslKeyPem) = (null, null);
        using var withoutCertificate = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new AdminClientBuilder(hops.AdminClientConfig()).Build();

        Assert.NotEmpty(admin.GetMetadata(s_timeout).Brokers);
        Assert.Throws<KafkaException>(() => withoutCertificate.GetMetadata(TimeSpan.FromSeconds(5)));
    }

    private Task<HopsworksConnection> OpenAsync() => HopsworksConnection.OpenAsync(kafka.User.Sandbox.ConfigFile);

    private static Task<int> RegisterClassAsync(HopsworksConnection hops) => hops.SchemaRegistry.RegisterSchemaAsync(
        GeneratedSensor.Name, new(GeneratedSensor._SCHEMA.ToString(), Confluent.SchemaRegistry.SchemaType.Avro));

    private async Task AssertWrittenIsReadAsync<T>(HopsworksConnection hops, Func<SensorReading, T> make, Converter<T, SensorReading> readingOf)
    {
        var topic = await kafka.User.NewTopicAsync(partitions: 1);
        using (var producer = new ProducerBuilder<string, T>(hops.ProducerConfig())
            .SetValueSerializer(new AvroSerializer<T>(hops.SchemaRegistry, HopsworksSerdes.Serializer))
            .Build())
        {
            foreach (var reading in s_readings)
            {
                await producer.ProduceAsync(topic, new Message<string, T> { Key = reading.Id, Value = make(reading) }).WaitAsync(s_timeout);
            }
        }

        var tool = await kafka.User.RunAsync("avro-consumer", topic, "-o", "json", "-n", $"{s_readings.Length}");
        var own = Read<T>(hops, topic, "own", s_readings.Length);

        Assert.True(tool.ExitCode == 0, $"{tool}");
        Assert.Equal(s_readings.Select(reading => (reading.Id, reading)), JsonEvents.Of(tool).Select(e => (e.GetProperty("key").GetString()!, Reading(e))));
        Assert.Equal(s_readings, own.ConvertAll(readingOf));
    }

    private async Task AssertSeriesIsReadAsync<T>(
        HopsworksConnection hops, Converter<T, SensorReading> readingOf, (string, string)[]? environment = null, params string[] arguments)
    {
        const int Steps = 5;
        var series = SensorShape.Tutorial.Select(shape => new SensorSeries(shape)).ToList();
        var topic = await kafka.User.NewTopicAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var sent = await kafka.User.RunAsync("avro-producer", SandboxUser.Of(topic, environment ?? []), ["-e", $"{Steps}", "-d", "0", .. arguments]);
        Assert.True(sent.ExitCode == 0, $"{sent}");

        var readings = Read<T>(hops, topic, "series", series.Count * Steps).ConvertAll(readingOf);

        Assert.All(series, series => Assert.Equal(
            Enumerable.Range(0, Steps).Select(step => series.ValueAt(step)),
            readings.Where(reading => reading.Id == series.Shape.Id).Select(reading => reading.Value)));
        Assert.All(readings, reading => Assert.InRange(reading.Timestamp, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
    }

    private static List<T> Read<T>(HopsworksConnection hops, string topic, string group, int count)
    {
        var config = hops.ConsumerConfig($"{group}-of-{topic}");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<string, T>(config)
            .SetValueDeserializer(new AvroDeserializer<T>(hops.SchemaRegistry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
            .Build();
        consumer.Subscribe(topic);
        using var timeout = new CancellationTokenSource(s_timeout);
        List<T> values = [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(timeout.Token).Message.Value)];
        consumer.Close();
        return values;
    }

    private static GenericRecord Record(RecordSchema schema, SensorReading reading)
    {
        var record = new GenericRecord(schema);
        record.Add("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(reading.Timestamp).UtcDateTime);
        record.Add("id", reading.Id);
        record.Add("value", reading.Value);
        return record;
    }

    private static SensorReading Reading(GenericRecord record) =>
        new(new DateTimeOffset((DateTime)record["timestamp"]).ToUnixTimeMilliseconds(), (string)record["id"], (double)record["value"]);

    private static SensorReading Reading(JsonElement printed)
    {
        var value = printed.GetProperty("value");
        return new(
            value.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            value.GetProperty("id").GetString()!,
            value.GetProperty("value").GetDouble());
    }
}
