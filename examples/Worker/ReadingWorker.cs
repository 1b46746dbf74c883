using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka;
using HopsKafka.SchemaRegistry;

namespace Worker;

/// <summary>Reads a topic until the host stops; the offsets of handled events are committed before the consumer leaves its group.</summary>
public sealed partial class ReadingWorker(HopsworksConnection hops, ISchemaRegistryClient registry, ILogger<ReadingWorker> logger)
    : BackgroundService
{
    // Consume blocks, so it runs on its own thread.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Read(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(CancellationToken stoppingToken)
    {
        var config = hops.ConsumerConfig("worker");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.EnableAutoOffsetStore = false;
        using var consumer = new ConsumerBuilder<string, GenericRecord>(config)
            .SetValueDeserializer(new AvroDeserializer<GenericRecord>(registry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
            .Build();
        consumer.Subscribe(hops.Topic);
        try
        {
            while (true)
            {
                var result = consumer.Consume(stoppingToken);
                LogReading(result.Message.Key, result.Message.Value["value"]);
                consumer.StoreOffset(result);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            consumer.Close();
            LogStopped();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Sensor} measured {Value}")]
    private partial void LogReading(string sensor, object value);

    [LoggerMessage(Level = LogLevel.Information, Message = "Offsets committed, consumer has left its group")]
    private partial void LogStopped();
}
