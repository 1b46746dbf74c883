using Avro.Generic;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.Common;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Connections;

/// <summary>Dead letters of a program that uses Confluent's clients.</summary>
public sealed class DeadLetterFileSpecs(SharedSandbox sandbox) : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task What_a_deserializer_refuses_comes_back_from_the_file_as_it_was()
    {
        await using var hops = await HopsworksConnection.OpenAsync(sandbox.User.Sandbox.ConfigFile);
        var topic = await sandbox.User.NewTopicAsync(partitions: 1);
        var sent = new Message<byte[], byte[]>
        {
            Key = [1, 2], Value = [9, 9, 9, 9, 9, 9], Headers = [new Header("h", [3]), new Header("none", null)], Timestamp = new Timestamp(1764000000000, TimestampType.CreateTime),
        };
        using (var producer = new ProducerBuilder<byte[], byte[]>(hops.ProducerConfig()).Build())
        {
            await producer.ProduceAsync(topic, sent);
        }

        using (var file = DeadLetterFile.Append(_dir.File("letters.jsonl")))
        {
            var refused = Refused(hops, topic);
            file.Add(DeadLetter.From(refused.ConsumerRecord, "unreadable", refused.Error.Reason));
        }

        var letter = Assert.Single(DeadLetterFile.Read(_dir.File("letters.jsonl"))).Letter!;
        Assert.Equal((topic, 0, 0L, "unreadable"), (letter.Topic, letter.Partition, letter.Offset, letter.Reason));
        var message = letter.ToMessage();
        Assert.Equal(sent.Timestamp, message.Timestamp);
        Assert.Equal([sent.Key, sent.Value, .. sent.Headers.Select(h => h.GetValueBytes())], [message.Key, message.Value, .. message.Headers.Select(h => h.GetValueBytes())]);
        Assert.Equal(sent.Headers.Select(h => h.Key), message.Headers.Select(h => h.Key));
    }

    [Fact]
    public void Lines_that_are_no_letters_have_their_place_and_the_reason()
    {
        const string Letter = """{"topic":"t","partition":0,"offset":5,"reason":"truncated","message":"cut off"}""";
        var path = _dir.Write("letters.jsonl", $"{Letter}\n\nhello\n{Letter}\n{Letter[..30]}");

        var lines = DeadLetterFile.Read(path).ToList();

        Assert.Equal([(1, true), (3, false), (4, true), (5, false)], lines.Select(line => (line.Number, line.Letter is not null)));
        Assert.Equal([Letter, "hello", Letter, Letter[..30]], lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal(line.Letter is null, line.Problem?.Length > 0));
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named_without_an_option_of_the_tools()
    {
        var path = _dir.File("no-such-folder/letters.jsonl");

        var read = Assert.Throws<HopsKafkaException>(() => DeadLetterFile.Read(path).ToList());
        var written = Assert.Throws<HopsKafkaException>(() => DeadLetterFile.Append(path));

        Assert.StartsWith($"The dead-letter file {path} cannot be read: ", read.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The dead-letter file {path} cannot be written: ", written.Message, StringComparison.Ordinal);
        Assert.All([read, written], error => Assert.NotNull(error.Remedy));
    }

    [Fact]
    public void A_letter_that_the_disk_does_not_take_must_not_be_committed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/full.");
        using var file = DeadLetterFile.Append("/dev/full");

        var error = Assert.Throws<HopsKafkaException>(
            () => file.Add(new DeadLetter { Topic = "t", Partition = 0, Offset = 5, Reason = "test", Message = "For a test." }));

        Assert.Contains("do not commit t [0] offset 5", error.Remedy, StringComparison.Ordinal);
    }

    private static ConsumeException Refused(HopsworksConnection hops, string topic)
    {
        var config = hops.ConsumerConfig($"group-of-{topic}");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<byte[], GenericRecord>(config)
            .SetValueDeserializer(new AvroDeserializer<GenericRecord>(hops.SchemaRegistry, HopsworksSerdes.Deserializer).AsSyncOverAsync())
            .Build();
        consumer.Subscribe(topic);
        return Assert.Throws<ConsumeException>(() => consumer.Consume(TimeSpan.FromMinutes(2)));
    }
}
