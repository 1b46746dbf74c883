using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka;
using HopsKafka.SchemaRegistry;

namespace Testing;

/// <summary>The service under test: finds readings above a limit.</summary>
public sealed class HighReadings : IDisposable
{
    private readonly IConsumer<string, GenericRecord> _consumer;
    private readonly double _limit;

    public HighReadings(HopsworksConnection hops, string topic, double limit)
    {
        var config = hops.ConsumerConfig("high-readings");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        _consumer = new ConsumerBuilder<string, GenericRecord>(config)
            .SetValueDeserializer(new AvroDeserializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
            .Build();
        _consumer.Subscribe(topic);
        _limit = limit;
    }

    /// <summary>Waits for the next one.</summary>
    public (string Sensor, double Value) Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = _consumer.Consume(cancellationToken).Message;
            if ((double)message.Value["value"] is var value && value > _limit)
            {
                return (message.Key, value);
            }
        }
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }
}
