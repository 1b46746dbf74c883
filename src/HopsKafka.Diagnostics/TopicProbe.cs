using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>Asks the brokers about a topic before the work begins, so that what is wrong is said at once.</summary>
internal static class TopicProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    // After this time brokers that fail are looked at.
    private static readonly TimeSpan s_leastPatience = TimeSpan.FromSeconds(2);

    // A consumer that does not poll yet never hears that all brokers are down, only that connections to each of them fail.
    private static readonly TimeSpan s_patienceWithFailures = TimeSpan.FromSeconds(4);

    // The first ones are short, for a request that waits for a connection does not see that it can stop. On a slow line only a longer one gets its answer.
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);

    /// <summary>Waits until a broker tells of the topic.</summary>
    /// <param name="handle">The handle of a producer or consumer.</param>
    /// <param name="connections">Monitors the connections of that client.</param>
    /// <param name="diagnosis">Makes the failure when no broker answers, from what the client heard of them.</param>
    /// <returns>What the broker tells of the topic, and of the brokers.</returns>
    /// <exception cref="HopsKafkaException">No broker answers, or the topic does not exist or may not be used.</exception>
    public static Metadata Find(Handle handle, ConnectionMonitor connections, string topic, BrokerDiagnosis diagnosis, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(diagnosis);
        using var admin = new DependentAdminClientBuilder(handle).Build();
        var clock = Stopwatch.StartNew();
        var wereProbed = false;
        for (var wait = s_firstWait; ; wait = wait < s_longestWait ? wait * 2 : wait)
        {
            stop.ThrowIfCancellationRequested();
            if (Ask(admin, topic, wait) is { } metadata)
            {
                connections.OnActivity();
                return metadata;
            }

            if (clock.Elapsed > s_patience)
            {
                throw diagnosis.NoBrokerWorks(connections.Failures);
            }

            if (!wereProbed && clock.Elapsed > PatienceWith(connections, diagnosis))
            {
                wereProbed = true;
                if (diagnosis.FindFault() is { } fault)
                {
                    throw fault;
                }
            }
        }
    }

    private static TimeSpan PatienceWith(ConnectionMonitor connections, BrokerDiagnosis diagnosis) =>
        connections.AllBrokersDown ? s_leastPatience : connections.FailedBrokers >= diagnosis.Servers ? s_patienceWithFailures : s_patience;

    private static Metadata? Ask(IAdminClient admin, string topic, TimeSpan wait)
    {
        try
        {
            var metadata = admin.GetMetadata(topic, wait);
            var error = metadata.Topics.Single(t => t.Topic == topic).Error;
            return error.Code switch
            {
                ErrorCode.NoError => metadata,
                ErrorCode.LeaderNotAvailable => null,
                ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart => throw TopicErrors.NotGranted(topic),
                _ => throw new HopsKafkaException($"Topic {topic} cannot be used: {error.Reason}"),
            };
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport)
        {
            return null;
        }
    }
}
