using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HopsKafka.Tests.Docs;

/// <summary>The code of docs/library.md.</summary>
public sealed class LibraryPageSpecs : IAsyncLifetime
{
    private HopsworksSandbox _sandbox = null!;
    private HopsworksConnection _hops = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await HopsworksSandbox.StartAsync();
        _hops = await HopsworksConnection.OpenAsync(_sandbox.ConfigFile);
    }

    public async ValueTask DisposeAsync()
    {
        await _hops.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task The_serializer_writes_what_the_deserializer_and_the_sensors_own_serializer_know()
    {
        var hops = _hops;
        var registered = await hops.SchemaRegistry.GetLatestSchemaAsync("sensor");
        var sensors = new SensorSerializer(registered.Id, registered.SchemaString);
        var reading = new SensorReading(Timestamp: 1764000000000, hops.Sensors[0].Id, new SensorSeries(hops.Sensors[0]).ValueAt(0));

        var serializer = new AvroSerializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Serializer);
        var deserializer = new AvroDeserializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Deserializer);

        var context = new SerializationContext(MessageComponentType.Value, hops.Topic);
        var bytes = sensors.Serialize(reading, context);
        var record = await deserializer.DeserializeAsync(bytes, isNull: false, context);
        Assert.Equal(reading.Value, record["value"]);
        Assert.Equal(bytes, await serializer.SerializeAsync(record, context));
    }

    [Fact]
    public async Task Offsets_of_a_group_without_members_are_set()
    {
        var hops = _hops;
        await hops.ConsumerGroups.ResetOffsetsAsync("my-group", hops.Topic, OffsetSpec.Earliest());

        var group = await hops.ConsumerGroups.DescribeAsync("my-group", hops.Topic, TestContext.Current.CancellationToken);
        Assert.All(group.Partitions, partition => Assert.Equal(0, partition.Committed));
    }

    [Fact]
    public void A_dead_letter_is_read_as_it_was_written()
    {
        using var folder = new TempDir();
        var failure = new ConsumeException(
            new ConsumeResult<byte[], byte[]> { Topic = "temperature", Partition = 1, Offset = 2, Message = new Message<byte[], byte[]> { Value = [7] } },
            new Error(ErrorCode.Local_ValueDeserialization, "it is no Avro"));
        var path = folder.File("letters.jsonl");

        using (var letters = DeadLetterFile.Append(path))
        {
            letters.Add(DeadLetter.From(failure.ConsumerRecord, "unreadable", failure.Error.Reason));
        }

        var read = DeadLetterFile.Read(path).Where(line => line.Letter is not null);

        Assert.Equal("it is no Avro", Assert.Single(read).Letter!.Message);
    }

    /// <summary>What needs a reader's own file or host is compiled only.</summary>
    internal static async Task OpenAsync()
    {
        await using var hops = await HopsworksConnection.OpenAsync("config.toml");
        using var producer = new ProducerBuilder<string, GenericRecord>(hops.ProducerConfig())
            .SetValueSerializer(new AvroSerializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Serializer))
            .Build();
    }

    /// <summary>What needs a reader's own file or host is compiled only.</summary>
    internal static HopsworksOptions Options(WebApplicationBuilder builder)
    {
        builder.Services.AddHopsworksKafka(builder.Configuration.GetSection("Hopsworks"));
        builder.Services.AddHealthChecks().AddHopsworksKafka();

        var options = new HopsworksOptions
        {
            Host = "my.hopsworks.host",
            Project = "demo",
            ApiKeyFile = "cert/apiKeyFile",
        };
        return options;
    }
}
