using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>Finds a feature group and all that its rows need: one request each, so that schema and schema id belong together.</summary>
internal static class FeatureGroupLocator
{
    /// <summary>The name of a project's own feature store.</summary>
    public static string StoreOf(string project) => $"{project.ToLowerInvariant()}_featurestore";

    /// <summary>Finds the feature store of a configuration. If that has only the id of the project, the server is asked for its name.</summary>
    /// <exception cref="HopsKafkaException">The owner of the key has no project with this id, or the key lacks the scope to look it up.</exception>
    /// <exception cref="HopsworksException">270008: there is none; 320004: a scope is missing; or the server cannot be reached.</exception>
    public static async Task<FeatureStoreInfo> FindStoreAsync(FeatureStoreClient client, HopsKafkaConfig config, CancellationToken cancellationToken) =>
        await client.GetFeatureStoreAsync(
            config.Project.FeatureStore ?? StoreOf(config.Project.Name ?? await client.GetProjectNameAsync(cancellationToken)), cancellationToken);

    /// <summary>Finds a feature group.</summary>
    /// <param name="store">The feature store.</param>
    /// <param name="version">Its version; null for the highest.</param>
    /// <exception cref="HopsKafkaException">Another project owns it, or its schema does not fit its features.</exception>
    /// <exception cref="HopsworksException">270009: there is none; 320004: a scope is missing; or the server cannot be reached.</exception>
    public static async Task<FeatureGroup> OpenAsync(
        FeatureStoreClient client, FeatureStoreInfo store, string name, int? version, KafkaAccess kafka, CancellationToken cancellationToken)
    {
        var release = await client.GetReleaseAsync(cancellationToken);
        var info = version is { } number
            ? await client.GetFeatureGroupAsync(store.Id, name, number, cancellationToken)
            : (await client.GetFeatureGroupsAsync(store.Id, name, cancellationToken)) is [.., var highest] ? highest
                : throw new HopsKafkaException(
                    $"Feature store {DisplayText.Of(store.Name)} has no feature group {DisplayText.Of(name)}.", "Check its name in Hopsworks (Feature groups).");
        if (info.Kind == FeatureGroupKind.Spine)
        {
            throw new HopsKafkaException(
                $"Rows of {FeatureGroup.NameOf(info)} cannot be written: it is a spine, which has no rows of its own.", "Write another feature group.", ExitCode.Usage);
        }

        WriteRules.CheckOwner(store, info, client.ProjectId);

        var connector = await client.GetKafkaConnectorAsync(store.Id, cancellationToken);
        var subject = await client.GetSubjectAsync(store.Id, info, release, cancellationToken);
        var placed = info with { IsKafkaReachable = connector?.Accepts(kafka.Producer()) != false, BootstrapServers = connector?.BootstrapServers ?? [] };
        return new FeatureGroup(client, store, placed, subject, release, kafka);
    }
}
