using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Groups as JSON.</summary>
internal static class GroupJson
{
    public static object Of(ConsumerGroup group) => new
    {
        name = group.Name,
        state = group.State,
        lag = group.Lag,
        members = group.Members?.Select(m => new
        {
            id = m.Id,
            client = m.ClientId,
            host = m.Host,
            partitions = m.Partitions.Select(p => new { topic = p.Topic, partition = p.Partition.Value }),
        }),
        partitions = group.Partitions.Select(p => new
        {
            topic = p.Topic, partition = p.Partition, committed = p.Committed, end = p.End, lag = p.Lag,
        }),
        unknown = group.Unknown,
    };

    public static object Of(GroupListing group) => new { name = group.Name, state = group.State, members = group.Members };
}
