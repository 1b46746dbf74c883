using System.Collections.Concurrent;
using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Native;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Kafka;

/// <summary>What goes past Confluent.Kafka's own calls is what they would have sent and read.</summary>
public sealed class NativeClientSpecs(SharedSandbox sandbox)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly SandboxUser _user = sandbox.User;
    private readonly BlockingCollection<DeliveryReport> _deliveries = [];

    [Fact]
    public async Task An_event_is_stored_as_it_was_given_and_its_report_brings_its_number_back()
    {
        using var topic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var producer = Producer(topic);

        Assert.Null(producer.Produce("k"u8, "value"u8, "head"u8, timestamp: 1_635_861_774_123, tag: long.MaxValue));
        Assert.Null(producer.Produce(""u8.ToArray(), "v"u8, [], timestamp: 5, tag: 0));

        Assert.Equal(new DeliveryReport(long.MaxValue, null, 0, 0, null), Take());
        Assert.Equal(new DeliveryReport(0, null, 0, 1, null), Take());
        var (first, second) = (topic.ReadAll(1)[0].Message, topic.ReadAll(1)[1].Message);
        Assert.Equal(("k", "value", 1_635_861_774_123), (first.Key, Text(first.Value), first.Timestamp.UnixTimestampMs));
        var header = Assert.Single(first.Headers);
        Assert.Equal(("mark", "head"), (header.Key, Text(header.GetValueBytes())));
        Assert.Equal(("", "v", 5), (second.Key, Text(second.Value), second.Timestamp.UnixTimestampMs));
        Assert.Empty(second.Headers);
    }

    [Fact]
    public async Task An_event_of_any_topic_is_stored_with_its_headers_in_their_order_and_null_is_not_empty()
    {
        using var topic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var other = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var producer = Producer(topic);
        Headers headers = [new Header("a", [1, 2]), new Header("é", null), new Header("a", [])];

        Assert.Null(producer.Produce(other.Config.Kafka.Topic, new Message<byte[], byte[]> { Key = null!, Value = null!, Headers = headers, Timestamp = new Timestamp(7, TimestampType.CreateTime) }, 1));
        Assert.Null(producer.Produce(other.Config.Kafka.Topic, new Message<byte[], byte[]> { Key = [], Value = [], Headers = [] }, 2));
        Assert.Equal((1, 2), (Take().Tag, Take().Tag));

        var (first, second) = (other.ReadAll(1)[0].Message, other.ReadAll(1)[1].Message);
        Assert.Equal((null, null, 7), (first.Key, first.Value, first.Timestamp.UnixTimestampMs));
        Assert.Equal([("a", "\u0001\u0002"), ("é", "null"), ("a", "")], first.Headers.Select(h => (h.Key, Text(h.GetValueBytes()))));
        Assert.Equal(("", "", 0), (second.Key, Text(second.Value), second.Headers.Count));
        Assert.InRange(second.Timestamp.UtcDateTime, DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow);
    }

    [Fact]
    public async Task A_full_queue_is_reported_at_once_and_events_removed_from_it_with_the_reason()
    {
        using var topic = new TestTopic(_user, await _user.NewTopicAsync(partitions: 1));
        using var producer = Producer(topic, settings =>
        {
            settings.QueueBufferingMaxMessages = 2;
            settings.LingerMs = 60_000;
        });

        Assert.Null(producer.Produce("k"u8, "a"u8, [], 11, tag: 1));
        Assert.Null(producer.Produce("k"u8, "b"u8, [], 12, tag: 2));
        Assert.Equal(ErrorCode.Local_QueueFull, producer.Produce("k"u8, "c"u8, [], 13, tag: 3)?.Code);
        NativeHandle.Purge(producer.Handle, wait: true);

        Assert.All<(long Tag, string Value)>([(1, "a"), (2, "b")], given =>
        {
            var taken = Take();
            Assert.Equal((given.Tag, ErrorCode.Local_PurgeQueue, given.Value), (taken.Tag, taken.Error?.Code, Text(taken.Message?.Value)));
            Assert.False(string.IsNullOrEmpty(taken.Error?.Reason));
        });
    }

    [Fact]
    public async Task Events_are_polled_as_Consume_gives_them()
    {
        var name = await _user.NewTopicAsync(partitions: 1);
        using var topic = new TestTopic(_user, name);
        Headers headers = [new Header("a", [1, 2]), new Header("none", null), new Header("a", [])];
        topic.Write(0, new Message<string, byte[]> { Key = null!, Value = null!, Headers = headers }, TestTopic.Step("é", 3));
        using var one = Consumer(topic);
        using var other = Consumer(topic);
        using var native = new NativeConsumer(other.Handle, name);
        native.ForwardPartitions([0]);

        Assert.Equal(
            Read(one, name, () => one.Consume(s_timeout)).Select(Text).ToList(), Read(other, name, () => native.Consume(s_timeout)!).Select(Text).ToList());
        Assert.Null(native.Consume(TimeSpan.Zero));
    }

    [Fact]
    public async Task Events_that_were_taken_many_at_a_time_are_forgotten_with_their_partition()
    {
        var name = await _user.NewTopicAsync(partitions: 1);
        using var topic = new TestTopic(_user, name);
        topic.Write(0, TestTopic.Step("a", 0), TestTopic.Step("a", 1), TestTopic.Step("a", 2), TestTopic.Step("a", 3));
        using var consumer = Consumer(topic);
        using var native = new NativeConsumer(consumer.Handle, name);
        native.ForwardPartitions([0]);
        consumer.Assign(new TopicPartitionOffset(name, 0, 0));

        // The first is waited for alone, what came with it is taken together.
        Assert.Equal([0, 1], [native.Consume(s_timeout)!.Offset.Value, native.Consume(s_timeout)!.Offset.Value]);
        native.Discard([1]);
        Assert.Equal(2, native.Consume(TimeSpan.Zero)!.Offset.Value);
        native.Discard([0]);
        Assert.Null(native.Consume(TimeSpan.Zero));
    }

    private static IConsumer<byte[], byte[]> Consumer(TestTopic topic) =>
        new ConsumerBuilder<byte[], byte[]>(KafkaClientConfig.Consumer(topic.Config, topic.Certificates, "native")).SetLogHandler((_, _) => { }).Build();

    // Two events and the end of the partition.
    private static List<ConsumeResult<byte[], byte[]>> Read(
        IConsumer<byte[], byte[]> consumer, string topic, Func<ConsumeResult<byte[], byte[]>> next)
    {
        consumer.Assign(new TopicPartitionOffset(topic, 0, 0));
        return [next(), next(), next()];
    }

    private static string Text(ConsumeResult<byte[], byte[]> result) =>
        $"{result.Topic} {result.Partition} {result.Offset} {result.IsPartitionEOF} " + (result.Message is not { } message ? "" :
            $"{Text(message.Key)} {Text(message.Value)} {message.Timestamp.Type} {message.Timestamp.UnixTimestampMs} "
            + string.Join(',', message.Headers.Select(h => $"{h.Key}={Text(h.GetValueBytes())}")));

    private static string Text(byte[]? bytes) => bytes is null ? "null" : System.Text.Encoding.Latin1.GetString(bytes);

    private NativeProducer Producer(TestTopic topic, Action<ProducerConfig>? change = null)
    {
        var settings = KafkaClientConfig.Producer(topic.Config, topic.Certificates);
        change?.Invoke(settings);
        return new NativeProducer(settings, topic.Config.Kafka.Topic, "mark", reports => Add(reports), _ => { }, _ => { });
    }

    private void Add(ReadOnlySpan<DeliveryReport> reports)
    {
        foreach (var report in reports)
        {
            _deliveries.Add(report);
        }
    }

    private DeliveryReport Take()
    {
        Assert.True(_deliveries.TryTake(out var delivery, s_timeout), "no report came");
        return delivery;
    }
}
