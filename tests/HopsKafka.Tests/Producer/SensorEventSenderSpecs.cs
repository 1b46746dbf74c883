using HopsKafka.Kafka;
using HopsKafka.Native;
using HopsKafka.Producer;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Tests.Producer;

/// <summary>Every event is passed to librdkafka, also if its queue is full.</summary>
public sealed class SensorEventSenderSpecs(SharedSandbox sandbox)
{
    private const int Steps = 40;
    private const int Room = 3;

    [Fact]
    public async Task An_event_that_finds_the_queue_full_is_handed_over_once_there_is_room()
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));
        var request = Requests.Of(sensors: 2, events: Steps);
        var sensors = SensorState.For(request, testTopic.Config.Sensors);
        var ledger = new DeliveryLedger([.. sensors.Select(sensor => sensor.FirstStep)]);
        var tags = new DeliveryTags(sensors);
        using var reports = new SensorDeliveryHandler(tags, ledger, new ConnectionMonitor(NullLogger.Instance), null);
        var settings = KafkaClientConfig.Producer(testTopic.Config, testTopic.Certificates);
        settings.QueueBufferingMaxMessages = Room;
        using var producer = new EventProducer(
            settings, all => new NativeProducer(all, testTopic.Config.Kafka.Topic, StepHeader.Name, reports.HandleReports, _ => { }, _ => { }));
        reports.Attach(producer);
        var serializer = new SensorSerializer(7, SensorSchema.TutorialText);

        new SensorEventSender(producer, serializer, tags, sensors, request, ledger, reports, TimeProvider.System).Run(TestContext.Current.CancellationToken);
        new EventFlusher(producer, ledger, reports).Run(TestContext.Current.CancellationToken);

        Assert.Equal((2 * Steps, 2 * Steps, 0, 0), (ledger.Produced, ledger.Delivered, ledger.Failed, ledger.Lost));
        Assert.Equal(Steps, ledger.ResumeStep);
        var stored = testTopic.ReadAll(1).Select(e => (e.Message.Key, Step: StepHeader.TryFind(e.Message.Headers, out var header) ? header.Step : -1)).ToList();
        Assert.All(sensors, sensor => Assert.Equal(Enumerable.Range(0, Steps).Select(i => (long)i), stored.Where(e => e.Key == sensor.Id).Select(e => e.Step)));
    }
}
