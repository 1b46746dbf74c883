using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.FeatureGroups;

/// <summary>Sends the rows of an insert, and waits for their delivery.</summary>
internal sealed class RowSender(FeatureGroup group, Func<IProducer<byte[], byte[]>> createProducer) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private IProducer<byte[], byte[]>? _producer;

    /// <summary>Sends them.</summary>
    /// <param name="older">Which rows are not for the online store.</param>
    /// <param name="dropsOlder">Whether those are not sent at all.</param>
    /// <exception cref="HopsKafkaException">Rows were not delivered.</exception>
    public async Task SendAsync(RowBatch batch, bool[] older, bool dropsOlder, RowHeaders headers, CancellationToken cancellationToken)
    {
        _producer ??= createProducer();
        var (current, marked) = (ToHeaders(headers.OfRow), ToHeaders(headers.OfOlderRow));
        var deliveries = new RowDeliveries();
        for (var i = 0; i < batch.Count && deliveries.Failure is null; i++)
        {
            if (!older[i] || !dropsOlder)
            {
                var message = new Message<byte[], byte[]> { Key = batch.KeyOf(i).ToArray(), Value = batch.ValueOf(i).ToArray(), Headers = older[i] ? marked : current };
                await ProduceAsync(_producer, message, deliveries, cancellationToken);
            }
        }

        await deliveries.WaitAsync(cancellationToken);
        if (deliveries.Failure is { } error)
        {
            throw Undelivered(error, deliveries);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _producer?.Dispose();

    private async Task ProduceAsync(IProducer<byte[], byte[]> producer, Message<byte[], byte[]> message, RowDeliveries deliveries, CancellationToken cancellationToken)
    {
        deliveries.Begin();
        while (true)
        {
            try
            {
                producer.Produce(group.Topic, message, deliveries.Add);
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                await WaitForRoomAsync(deliveries, cancellationToken);
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                deliveries.Fail(e.Error);
                return;
            }
        }
    }

    private static async Task WaitForRoomAsync(RowDeliveries deliveries, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(s_pause, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            deliveries.Fail(new Error(ErrorCode.Local_TimedOut));
            throw;
        }
    }

    private HopsKafkaException Undelivered(Error error, RowDeliveries deliveries)
    {
        var isRefused = error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic;
        var remedy = isRefused
            ? "To write rows, the owner of the certificates needs the role Data owner in the project of the feature group."
            : error.Code == ErrorCode.ClusterAuthorizationFailed
                ? "These brokers do not grant idempotent producing: set enable.idempotence of the producer to false."
                : "Run hops-kafka doctor to find the reason; write the rows of this insert again.";
        return new HopsKafkaException(
            $"{deliveries.Failed} of {deliveries.Started} rows of {group} were not delivered to topic {group.Topic}: {error.Reason}.",
            remedy,
            innerException: new KafkaException(error))
        {
            Fields = new LogFields(Topic: group.Topic),
        };
    }

    private static Headers ToHeaders(IReadOnlyList<KeyValuePair<string, byte[]>> headers)
    {
        var made = new Headers();
        foreach (var (name, value) in headers)
        {
            made.Add(name, value);
        }

        return made;
    }
}
