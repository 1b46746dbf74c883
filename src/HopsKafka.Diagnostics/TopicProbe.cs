using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>Requests a topic's metadata at the start of a run, so that faults are reported at once.</summary>
internal static class TopicProbe
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    // If all brokers are down, they are probed after this time. Without a token no client connects to any, which is no event of its own.
    private static readonly TimeSpan s_timeoutIfAllDown = TimeSpan.FromSeconds(2);

    // A consumer that does not poll yet gets no event that all brokers are down, only failed connections.
    private static readonly TimeSpan s_timeoutWithFailures = TimeSpan.FromSeconds(4);

    // The first timeouts are short, as a request that waits for a connection cannot be canceled. On a slow network only a longer one succeeds.
    private static readonly TimeSpan s_firstTimeout = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_maxTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Waits until a broker returns the topic's metadata.</summary>
    /// <param name="handle">The handle of a producer or consumer.</param>
    /// <param name="connections">Monitors the connections of that client.</param>
    /// <param name="diagnosis">Finds the reason if no broker responds.</param>
    /// <returns>The metadata of the topic and of the brokers.</returns>
    /// <exception cref="HopsKafkaException">No broker responds, or the topic does not exist or is not granted.</exception>
    public static Metadata Find(Handle handle, ConnectionMonitor connections, string topic, BrokerDiagnosis diagnosis, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(diagnosis);
        using var admin = new DependentAdminClientBuilder(handle).Build();
        var clock = Stopwatch.StartNew();
        var areProbed = false;
        for (var timeout = s_firstTimeout; ; timeout = timeout < s_maxTimeout ? timeout * 2 : timeout)
        {
            stop.ThrowIfCancellationRequested();
            if (RequestMetadata(admin, topic, timeout, diagnosis.Principal) is { } metadata)
            {
                connections.OnActivity();
                return metadata;
            }

            if (clock.Elapsed > s_timeout)
            {
                throw diagnosis.NoBrokerWorks(connections.Failures);
            }

            if (!areProbed && clock.Elapsed > TimeUntilProbe(connections, diagnosis))
            {
                areProbed = true;
                if (diagnosis.FindFault() is { } fault)
                {
                    throw fault;
                }
            }
        }
    }

    private static TimeSpan TimeUntilProbe(ConnectionMonitor connections, BrokerDiagnosis diagnosis) =>
        connections.AllBrokersDown || diagnosis.NeedsToken ? s_timeoutIfAllDown
        : connections.FailedBrokers >= diagnosis.Servers ? s_timeoutWithFailures
        : s_timeout;

    private static Metadata? RequestMetadata(IAdminClient admin, string topic, TimeSpan timeout, KafkaPrincipal principal)
    {
        try
        {
            var metadata = admin.GetMetadata(topic, timeout);
            var error = metadata.Topics.Single(t => t.Topic == topic).Error;
            return error.Code switch
            {
                ErrorCode.NoError => metadata,
                ErrorCode.LeaderNotAvailable => null,
                ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart => throw TopicErrors.NotGranted(topic, principal: principal),
                _ => throw new HopsKafkaException($"Topic {topic} cannot be used: {error.Reason}"),
            };
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport)
        {
            return null;
        }
    }
}
