using Confluent.Kafka;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Connections;

public sealed class SensorsSpecs(SharedSandbox sandbox)
{
    private const int Steps = 3;

    [Fact]
    public async Task A_program_makes_the_very_events_of_the_producer()
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));
        await sandbox.User.RunAsync("avro-producer", testTopic.Config.Kafka.Topic, "-e", $"{Steps}", "-d", "0", "-s", "10", "--quiet");
        await using var hops = await HopsworksConnection.OpenAsync(sandbox.User.Sandbox.ConfigFile);
        var registered = await hops.SchemaRegistry.GetLatestSchemaAsync(hops.Subject);
        var serializer = new SensorSerializer(registered.Id, registered.SchemaString);
        var series = SensorSet.Take(hops.Sensors, 10).Select(shape => new SensorSeries(shape)).ToList();

        var events = testTopic.ReadAll(1);

        Assert.Equal(10 * Steps, events.Count);
        Assert.All(events.Index(), found =>
        {
            var (step, sensor) = (found.Index / 10, series[found.Index % 10]);
            var reading = new SensorReading(found.Item.Message.Timestamp.UnixTimestampMs, sensor.Shape.Id, sensor.ValueAt(step));
            Assert.Equal(sensor.Shape.Id, found.Item.Message.Key);
            Assert.Equal(serializer.Serialize(reading, SerializationContext.Empty), found.Item.Message.Value);
        });
    }

    [Fact]
    public async Task The_sensors_are_those_of_the_file_or_else_the_tutorials()
    {
        var user = sandbox.User.Sandbox;
        var file = Path.Combine(user.Folder, "own-sensor.toml");
        await File.WriteAllTextAsync(file, $"{await File.ReadAllTextAsync(user.ConfigFile)}\n[[sensor]]\nid = 'own'\nperiod = 7\n");
        await using var own = await HopsworksConnection.OpenAsync(file);
        await using var plain = await HopsworksConnection.OpenAsync(user.ConfigFile);
        await using var options = await HopsworksConnection.OpenAsync(HopsworksConnectionSpecs.KeyAlone(user));

        Assert.Equal([("own", 7.0)], own.Sensors.Select(s => (s.Id, s.Period)));
        Assert.Equal(SensorShape.Tutorial, plain.Sensors);
        Assert.Equal(SensorShape.Tutorial, options.Sensors);
    }
}
