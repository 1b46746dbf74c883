using System.Diagnostics;
using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>Asks the brokers about a topic before the work begins, so that what is wrong is said at once.</summary>
public static class TopicProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_leastPatience = TimeSpan.FromSeconds(2);

    /// <summary>Waits until a broker tells of the topic.</summary>
    /// <param name="handle">The handle of a producer or consumer.</param>
    /// <param name="watch">What that client reports about its connections.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The number of partitions.</returns>
    /// <exception cref="HopsKafkaException">No broker answers, or the topic does not exist or may not be used.</exception>
    public static int CountPartitions(Handle handle, BrokerWatch watch, string topic, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(watch);
        using var admin = new DependentAdminClientBuilder(handle).Build();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (Ask(admin, topic) is { } partitions)
            {
                watch.Alive();
                return partitions;
            }

            if (clock.Elapsed > s_patience || (watch.AllDown && clock.Elapsed > s_leastPatience))
            {
                throw Unreachable(watch);
            }
        }
    }

    /// <summary>The failure of a topic that is missing or not granted, which Hopsworks does not tell apart.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>The failure.</returns>
    public static HopsKafkaException NotGranted(string topic) => new(
        $"Topic {topic} does not exist, or your project may not use it.",
        "Check [kafka] topic (names are case-sensitive); create the topic in Hopsworks, or have its owner share it with your project.");

    private static int? Ask(IAdminClient admin, string topic)
    {
        try
        {
            var metadata = admin.GetMetadata(topic, TimeSpan.FromSeconds(0.5)).Topics.Single(t => t.Topic == topic);
            return metadata.Error.Code switch
            {
                ErrorCode.NoError => metadata.Partitions.Count,
                ErrorCode.LeaderNotAvailable => null,
                ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart => throw NotGranted(topic),
                _ => throw new HopsKafkaException($"Topic {topic} cannot be used: {metadata.Error.Reason}"),
            };
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport)
        {
            return null;
        }
    }

    private static HopsKafkaException Unreachable(BrokerWatch watch)
    {
        var failures = watch.Failures;
        return new HopsKafkaException(
            failures.Length > 0 ? $"No Kafka broker can be used: {failures}." : "No Kafka broker answers.",
            "Check [hops] url, [kafka] port or bootstrap_servers, and that [project] ca_file is the server's.");
    }
}
