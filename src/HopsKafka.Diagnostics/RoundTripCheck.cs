using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Sends one event and reads it back by its offset, without joining a group. The event stays in the topic: a value of the
/// configured schema (<see cref="SampleValue"/>) under the key <see cref="Key"/>, marked by the header <see cref="Header"/>.
/// </summary>
internal sealed class RoundTripCheck(
    CheckRunner checks, HopsKafkaConfig config, ProjectCertificates certificates, ResolvedSchema schema, ILogger logger)
{
    public const string Name = "round trip";
    public const string Header = "hops-doctor";
    private const string Key = "hops-doctor";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether an event was sent by this check.</summary>
    public static bool IsSentByDoctor(Headers? headers)
    {
        for (var i = 0; i < headers?.Count; i++)
        {
            if (headers[i].Key == Header)
            {
                return true;
            }
        }

        return false;
    }

    public Task RunAsync() => checks.RunAsync(Name, async stop =>
    {
        if (!TryCreateEvent(out var sent, out var reason))
        {
            return CheckOutcome.Skipped($"no event can be created for schema {config.Kafka.Schema} (id {schema.Id}): {reason}");
        }

        var at = await SendAsync(sent, stop);
        var received = Receive(at, stop);
        var where = $"{at.Topic} [{at.Partition.Value}] offset {at.Offset.Value}";
        return IsSame(sent, received)
            ? CheckOutcome.Ok(
                $"{sent.Value.Length} bytes came back unchanged from {where}; the event stays there (key {Key}, header {Header})")
            : throw new HopsKafkaException(
                $"The event read from {where} differs from the one that was sent.",
                "A component between this machine and the topic changes events; ask the cluster's administrator.");
    });

    private bool TryCreateEvent([NotNullWhen(true)] out Message<byte[], byte[]>? message, [NotNullWhen(false)] out string? reason)
    {
        message = null;
        if (!SampleValue.TryMake(schema.Text, Key, DateTimeOffset.UtcNow, out var type, out var value, out reason))
        {
            return false;
        }

        var bytes = new ArrayBufferWriter<byte>();
        ConfluentFraming.Write(bytes.GetSpan(ConfluentFraming.Size), schema.Id);
        bytes.Advance(ConfluentFraming.Size);
        AvroValueWriter.Write(bytes, type, value);
        message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(Key),
            Value = bytes.WrittenSpan.ToArray(),
            Headers = [new Header(Header, Guid.NewGuid().ToByteArray())],
        };
        return true;
    }

    private async Task<TopicPartitionOffset> SendAsync(Message<byte[], byte[]> message, CancellationToken stop)
    {
        var connections = new ConnectionMonitor(logger);
        var settings = KafkaClientConfig.Producer(config, certificates);
        settings.ClientId = "hops-kafka";
        settings.LingerMs = 0;
        settings.MessageTimeoutMs = (int)s_limit.TotalMilliseconds;
        using var producer = KafkaClientConfig.Build(config, logger, () => new ProducerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => connections.OnError(error))
            .SetLogHandler((_, line) => connections.OnLog(line))
            .Build());
        try
        {
            return (await producer.ProduceAsync(config.Kafka.Topic, message, stop)).TopicPartitionOffset;
        }
        catch (ProduceException<byte[], byte[]> e)
        {
            var why = connections.FatalError?.Reason ?? e.Error.Reason;
            throw new HopsKafkaException(
                $"The event could not be written to topic {config.Kafka.Topic}: {why}.",
                e.Error.Code == ErrorCode.TopicAuthorizationFailed
                    ? KafkaPrincipal.Of(config).Remedy("On Hopsworks only a Data owner of the project writes to a topic: ask for that role.", "Write on the topic")
                    : null,
                innerException: e);
        }
    }

    private Message<byte[], byte[]> Receive(TopicPartitionOffset at, CancellationToken stop)
    {
        var connections = new ConnectionMonitor(logger);
        using var consumer = HopsKafka.Kafka.ConsumerGroupClient.CreateConsumer(config, certificates, "hops-kafka-doctor", connections);
        consumer.Assign(at);
        while (true)
        {
            var result = consumer.Consume(stop);
            if (!result.IsPartitionEOF && result.Offset >= at.Offset)
            {
                return result.Offset == at.Offset
                    ? result.Message
                    : throw new HopsKafkaException($"The event was stored, but offset {at.Offset.Value} of {at.TopicPartition} holds none.");
            }
        }
    }

    private static bool IsSame(Message<byte[], byte[]> sent, Message<byte[], byte[]> received) =>
        sent.Key.AsSpan().SequenceEqual(received.Key)
        && sent.Value.AsSpan().SequenceEqual(received.Value)
        && received.Headers.TryGetLastBytes(Header, out var mark)
        && mark.AsSpan().SequenceEqual(sent.Headers.GetLastBytes(Header));
}
