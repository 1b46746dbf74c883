using System.Text.Json.Nodes;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.Groups;

/// <summary>Groups as JSON.</summary>
internal static class GroupJson
{
    public static JsonObject Of(ConsumerGroup group) => new()
    {
        ["name"] = group.Name,
        ["state"] = group.State,
        ["lag"] = group.Lag,
        ["members"] = group.Members is null ? null : new JsonArray([.. group.Members.Select(Of)]),
        ["partitions"] = new JsonArray([.. group.Partitions.Select(p => new JsonObject
        {
            ["topic"] = p.Topic, ["partition"] = p.Partition, ["committed"] = p.Committed, ["end"] = p.End, ["lag"] = p.Lag,
        })]),
        ["unknown"] = group.Unknown,
    };

    public static JsonObject Of(GroupListing group) => new() { ["name"] = group.Name, ["state"] = group.State, ["members"] = group.Members };

    private static JsonObject Of(GroupMember member) => new()
    {
        ["id"] = member.Id,
        ["client"] = member.ClientId,
        ["host"] = member.Host,
        ["partitions"] = new JsonArray([.. member.Partitions.Select(p => new JsonObject { ["topic"] = p.Topic, ["partition"] = p.Partition.Value })]),
    };
}
