using Avro.Generic;
using Confluent.Kafka;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka;
using HopsKafka.Sandbox;
using HopsKafka.SchemaRegistry;
using Xunit;

namespace Testing;

public sealed class HighReadingsTests : IAsyncLifetime
{
    private HopsworksSandbox _sandbox = null!;
    private HopsworksConnection _hops = null!;
    private string _topic = "";

    public async ValueTask InitializeAsync()
    {
        _sandbox = await HopsworksSandbox.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _hops = await HopsworksConnection.OpenAsync(_sandbox.ConfigFile);
        _topic = await _sandbox.CreateTopicAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hops.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_reading_above_the_limit_is_found()
    {
        await SendAsync("sensor0", 19);
        await SendAsync("sensor1", 21);
        using var readings = new HighReadings(_hops, _topic, limit: 20);

        Assert.Equal(("sensor1", 21), readings.Next(TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(string sensor, double value)
    {
        var registered = await _hops.SchemaRegistry.GetLatestSchemaAsync("sensor");
        var reading = new GenericRecord((Avro.RecordSchema)Avro.Schema.Parse(registered.SchemaString));
        reading.Add("timestamp", DateTime.UtcNow);
        reading.Add("id", sensor);
        reading.Add("value", value);
        using var producer = new ProducerBuilder<string, GenericRecord>(_hops.ProducerConfig())
            .SetValueSerializer(new AvroSerializer<GenericRecord>(_hops.SchemaRegistry, HopsworksSerdes.Serializer))
            .Build();
        await producer.ProduceAsync(_topic, new Message<string, GenericRecord> { Key = sensor, Value = reading });
    }
}
