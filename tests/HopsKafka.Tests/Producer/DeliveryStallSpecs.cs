using Confluent.Kafka;
using HopsKafka.Producer;

namespace HopsKafka.Tests.Producer;

/// <summary>How avro-producer finds out that acknowledgements are missing, and why.</summary>
public sealed class DeliveryStallSpecs
{
    private static readonly TimeSpan s_five = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();

    [Fact]
    public void Events_wait_by_the_partition_of_their_sensors_last_acknowledgement()
    {
        var ledger = new DeliveryLedger([10, 10, 10]);
        for (var sensor = 0; sensor < 3; sensor++)
        {
            ledger.AddProduced(sensor, 10);
            ledger.AddProduced(sensor, 11);
        }

        ledger.AddDelivered(0, 10, partition: 4);
        ledger.AddDelivered(1, 10, partition: 4);
        ledger.AddDelivered(1, 11, partition: 4);

        var waiting = ledger.Pending();
        Assert.Equal(2, waiting.Count);
        Assert.Equal(new PendingEvents(1, 1, 3), waiting[4]);
        Assert.Equal(new PendingEvents(2, 1, 3), waiting[PendingEvents.NoPartition]);
    }

    [Fact]
    public void Nothing_waits_when_all_is_acknowledged_or_a_full_queue_took_nothing()
    {
        var ledger = new DeliveryLedger([0, 0]);
        ledger.AddProduced(0, 0);
        ledger.AddDelivered(0, 0, partition: 0);
        ledger.AddProduced(1, 0);
        ledger.RemoveProduced(1, 0);

        Assert.Empty(ledger.Pending());
    }

    [Fact]
    public void A_partition_stalls_when_it_acknowledges_nothing_for_five_seconds_although_events_wait()
    {
        var detector = new StallDetector(_time);
        Update(detector, acknowledged: 7);
        _time.Now += TimeSpan.FromSeconds(4.9);
        Update(detector, acknowledged: 7);
        Assert.Empty(detector.Stalled(s_five));

        _time.Now += TimeSpan.FromSeconds(0.1);
        Update(detector, acknowledged: 7);
        Assert.Equal(s_five, Assert.Single(detector.Stalled(s_five)).Value);

        Update(detector, acknowledged: 8);
        Assert.Empty(detector.Stalled(s_five));
    }

    [Fact]
    public void Time_in_which_nothing_waits_does_not_count()
    {
        var detector = new StallDetector(_time);
        Update(detector, acknowledged: 7);
        _time.Now += TimeSpan.FromSeconds(4);
        detector.Update(new Dictionary<int, PendingEvents>());
        Update(detector, acknowledged: 7);
        _time.Now += TimeSpan.FromSeconds(4);

        Assert.Empty(detector.Stalled(s_five));
    }

    [Theory]
    [InlineData("Not enough in-sync replicas", "NOT_ENOUGH_REPLICAS, fewer replicas are in sync than the topic's min.insync.replicas requires")]
    [InlineData("Request timed out", "REQUEST_TIMED_OUT, the other replicas did not confirm in time")]
    [InlineData("Disk error (full)", "Disk error (full)")]
    public void The_brokers_answer_is_read_from_librdkafkas_log(string logged, string answer)
    {
        var produceErrors = new ProduceErrorMonitor();
        produceErrors.Configure(new ProducerConfig());

        var isOurs = produceErrors.OnLog(Line($"temp [1]: MessageSet with 12 message(s) (MsgId 1, BaseSeq 0) encountered error: Broker: {logged} (actions Retry,MsgNotPersisted)"));
        produceErrors.OnLog(Line("temp [1]: MessageSet with 12 message(s) (MsgId 1, BaseSeq 0) delivered"));

        Assert.True(isOurs);
        Assert.Equal(answer, produceErrors.LastError);
    }

    [Fact]
    public void Debug_contexts_that_the_user_set_are_left_unchanged()
    {
        var produceErrors = new ProduceErrorMonitor();
        var settings = new ProducerConfig { Debug = "broker" };

        produceErrors.Configure(settings);

        Assert.Equal("broker", settings.Debug);
        Assert.False(produceErrors.OnLog(Line("anything")));
    }

    private static LogMessage Line(string text) => new("rdkafka#producer-1", SyslogLevel.Debug, "MSGSET", $"[thrd:ssl://b:1/1]: ssl://b:1/1: {text}");

    private static void Update(StallDetector detector, long acknowledged) =>
        detector.Update(new Dictionary<int, PendingEvents> { [0] = new(3, 1, acknowledged) });
}
