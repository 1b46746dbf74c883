using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>Checks that the consumer group may be used, and describes it without joining it.</summary>
/// <param name="consumer">A consumer of the group that is not subscribed.</param>
internal sealed class GroupCheck(CheckRunner checks, HopsKafkaConfig config, IConsumer<byte[], byte[]> consumer)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private KafkaPrincipal Principal => KafkaPrincipal.Of(config);

    public async Task<ConsumerGroup?> RunAsync(string? group, bool topicWorks)
    {
        if (group is null)
        {
            checks.Skip("group", "no group is named: set group_id in [kafka.consumer], or --group");
            return null;
        }

        var name = $"group {group}";
        if (!topicWorks)
        {
            checks.Skip(name, "because the topic cannot be used");
            return null;
        }

        return await checks.RunAsync(name, async _ =>
        {
            using var client = new ConsumerGroupClient(consumer, config.Kafka.Topic, s_limit);
            var state = await DescribeAsync(client, group);
            return state.MayRead == false
                ? throw new HopsKafkaException(
                    $"Group {group} can be described, but not joined: Read is not granted to {Principal.Name}.", Principal.Remedy("Use another group.", "Read on the group"))
                : (state, CheckOutcome.Ok(Describe(state)));
        });
    }

    private async Task<ConsumerGroup> DescribeAsync(ConsumerGroupClient client, string group)
    {
        try
        {
            return await client.DescribeAsync(group);
        }
        catch (HopsKafkaException e) when (config.Kafka.Security.UsesSasl && e.InnerException is KafkaException { Error.Code: ErrorCode.GroupAuthorizationFailed })
        {
            throw new HopsKafkaException(
                $"Group {group} may not be used by {Principal.Name}.", Principal.Remedy("", "Describe and Read on the group"), innerException: e);
        }
    }

    private static string Describe(ConsumerGroup state)
    {
        var members = state.Members is null ? "members not known" : $"{state.State}, {state.Members.Count} member{(state.Members.Count == 1 ? "" : "s")}";
        return state.Lag is { } lag ? $"{members}, {lag} event{(lag == 1 ? "" : "s")} behind" : $"{members}, nothing committed";
    }
}
