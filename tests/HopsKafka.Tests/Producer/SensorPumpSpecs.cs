using HopsKafka.Kafka;
using HopsKafka.Native;
using HopsKafka.Producer;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.Pair;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Tests.Producer;

/// <summary>Every event of the pump is handed over, whatever librdkafka answers.</summary>
public sealed class SensorPumpSpecs(SharedSandbox sandbox)
{
    private const int Steps = 40;
    private const int Room = 3;

    [Fact]
    public async Task An_event_that_finds_the_queue_full_is_handed_over_once_there_is_room()
    {
        using var bench = new TopicBench(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));
        var request = Requests.Of(sensors: 2, events: Steps);
        var tracks = SensorState.For(request, bench.Config.Sensors);
        var ledger = new DeliveryLedger([.. tracks.Select(track => track.FirstStep)]);
        var numbers = new DeliveryTag(tracks);
        using var listener = new SensorDeliveries(numbers, ledger, new ConnectionMonitor(NullLogger.Instance), null);
        var settings = KafkaClientConfig.Producer(bench.Config, bench.Certificates);
        settings.QueueBufferingMaxMessages = Room;
        using var producer = new EventProducer(
            settings, all => new NativeProducer(all, bench.Config.Kafka.Topic, StepHeader.Name, listener.OnDelivered, _ => { }, _ => { }));
        listener.ListenTo(producer);
        var serializer = new SensorSerializer(7, SensorSchema.TutorialText);

        new EventSender(producer, serializer, numbers, tracks, request, ledger, listener, TimeProvider.System).Run(TestContext.Current.CancellationToken);
        new RecordFlush(producer, ledger, listener).Run(TestContext.Current.CancellationToken);

        Assert.Equal((2 * Steps, 2 * Steps, 0, 0), (ledger.Produced, ledger.Delivered, ledger.Failed, ledger.Lost));
        Assert.Equal(Steps, ledger.ResumeStep);
        var stored = bench.ReadAll(1).Select(e => (e.Message.Key, Step: StepHeader.TryFind(e.Message.Headers, out var header) ? header.Step : -1)).ToList();
        Assert.All(tracks, track => Assert.Equal(Enumerable.Range(0, Steps).Select(i => (long)i), stored.Where(e => e.Key == track.Id).Select(e => e.Step)));
    }
}
