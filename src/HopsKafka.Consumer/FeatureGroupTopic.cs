using System.Globalization;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.Outputs;
using HopsKafka.FeatureGroups;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer;

/// <summary>The topic of a feature group, and what finds its rows there.</summary>
/// <param name="Config">The configuration with this topic, the subject of the feature group, and the registry of its project.</param>
/// <param name="Id">The id that its rows name; null up to Hopsworks 3.3, where each feature group has a topic of its own.</param>
/// <param name="SchemaId">The id of its schema if rows do not name it, up to Hopsworks 3.3; else null.</param>
internal sealed record FeatureGroupTopic(HopsKafkaConfig Config, int? Id, int? SchemaId)
{
    /// <summary>Finds the topic.</summary>
    /// <exception cref="HopsKafkaException">There is no such feature group, or it has no topic on these brokers.</exception>
    public static async Task<FeatureGroupTopic> FindAsync(HopsKafkaConfig config, FeatureGroupName name, CancellationToken stop)
    {
        using var client = RegistryAccess.ConnectFeatureStore(config);
        var release = await client.GetReleaseAsync(stop);
        var store = await FeatureGroupLocator.FindStoreAsync(client, config, stop);
        if (name.Version is null)
        {
            throw await name.NoVersionAsync(client, store, stop);
        }

        var group = (await name.FindAsync(client, store, stop))[0];
        if (group.Topic is not { Length: > 0 } topic)
        {
            throw new HopsKafkaException($"Feature group {name} has no topic.", "Read it with the hopsworks library.", ExitCode.Usage);
        }

        if ((await client.GetKafkaConnectorAsync(store.Id, stop))?.Accepts(KafkaClientConfig.Consumer(config, ProjectCertificates.None, "")) == false)
        {
            throw new HopsKafkaException($"Rows of feature group {name} cannot be read: {KafkaConnector.UnreachableReason}.", KafkaConnector.UnreachableRemedy, ExitCode.Usage);
        }

        var own = config with
        {
            Kafka = config.Kafka with
            {
                Topic = topic,
                Schema = string.Create(CultureInfo.InvariantCulture, $"{group.Name}_{group.Version}"),
                SchemaFile = null,
                RegistryProject = store.ProjectId == client.ProjectId ? null : store.ProjectId,
            },
        };
        return release.HasTopicPerGroup
            ? new FeatureGroupTopic(own, null, (await client.GetSubjectAsync(store.Id, group, release, stop)).Id)
            : new FeatureGroupTopic(own, group.Id, null);
    }

    /// <summary>Lets a filter accept only its rows.</summary>
    public void Select(EventFilter filter)
    {
        if (Id is { } id)
        {
            filter.SelectFeatureGroup(id);
        }
    }
}
