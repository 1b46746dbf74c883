using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka;
using HopsKafka.SchemaRegistry;

await using var hops = await HopsworksConnection.OpenAsync(args.Length > 0 ? args[0] : "config.toml");

var registered = await hops.SchemaRegistry.GetLatestSchemaAsync(hops.Subject);
var schema = (Avro.RecordSchema)Avro.Schema.Parse(registered.SchemaString);
using var producer = new ProducerBuilder<string, GenericRecord>(hops.ProducerConfig())
    .SetValueSerializer(new AvroSerializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Serializer))
    .Build();
for (var step = 0; step < 3; step++)
{
    var reading = new GenericRecord(schema);
    reading.Add("timestamp", DateTime.UtcNow);
    reading.Add("id", "sensor0");
    reading.Add("value", 20.5 + step);
    var sent = await producer.ProduceAsync(hops.Topic, new Message<string, GenericRecord> { Key = "sensor0", Value = reading });
    Console.WriteLine($"Sent {reading["value"]} to {sent.TopicPartitionOffset}");
}

var config = hops.ConsumerConfig("quickstart");
config.AutoOffsetReset = AutoOffsetReset.Earliest;
using var consumer = new ConsumerBuilder<string, GenericRecord>(config)
    .SetValueDeserializer(new AvroDeserializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
    .Build();
consumer.Subscribe(hops.Topic);
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
for (var read = 0; read < 3; read++)
{
    var result = consumer.Consume(limit.Token);
    Console.WriteLine($"Read {result.Message.Value["value"]} of {result.Message.Key} from {result.TopicPartitionOffset}");
}

consumer.Close();
