using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Connections;

/// <summary>Confluent's own clients and serdes on a connection.</summary>
internal static class ReadingClients
{
    public static async Task SendAsync(HopsworksConnection hops, string topic, params double[] values)
    {
        var registered = await hops.SchemaRegistry.GetLatestSchemaAsync("sensor");
        using var producer = new ProducerBuilder<string, GenericRecord>(hops.ProducerConfig())
            .SetValueSerializer(new AvroSerializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Serializer))
            .Build();
        foreach (var value in values)
        {
            var reading = new GenericRecord((global::Avro.RecordSchema)global::Avro.Schema.Parse(registered.SchemaString));
            reading.Add("timestamp", DateTime.UnixEpoch);
            reading.Add("id", "sensor0");
            reading.Add("value", value);
            await producer.ProduceAsync(topic, new Message<string, GenericRecord> { Key = "sensor0", Value = reading });
        }
    }

    /// <summary>Reads so many values, commits and leaves.</summary>
    public static double[] Read(HopsworksConnection hops, string topic, string group, int count)
    {
        var config = hops.ConsumerConfig(group);
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<string, GenericRecord>(config)
            .SetValueDeserializer(new AvroDeserializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
            .Build();
        consumer.Subscribe(topic);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)consumer.Consume(timeout.Token).Message.Value["value"])];
        consumer.Close();
        return values;
    }
}
