using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>Finds a feature group and all that its rows need: one request each, so that schema and schema id belong together.</summary>
internal static class FeatureGroupLocator
{
    /// <summary>The name of a project's own feature store.</summary>
    public static string StoreOf(string project) => $"{project.ToLowerInvariant()}_featurestore";

    /// <summary>The name of the feature store of a configuration.</summary>
    /// <exception cref="HopsKafkaException">It names neither the feature store nor the project.</exception>
    public static string StoreOf(HopsKafkaConfig config) => config.Project.FeatureStore ?? StoreOf(config.Project.Name ?? throw new HopsKafkaException(
        $"The feature store of {config.File} is not known: it does not name the project.",
        "Set the name of the project ([project] name in config.toml), or the name of the feature store.",
        ExitCode.Usage));

    /// <summary>Finds a feature group.</summary>
    /// <param name="store">The name of the feature store.</param>
    /// <param name="version">Its version; null for the highest.</param>
    /// <exception cref="HopsKafkaException">Another project owns it, or its schema does not fit its features.</exception>
    /// <exception cref="HopsworksException">270008, 270009: there is none; 320004: a scope is missing; or the server cannot be reached.</exception>
    public static async Task<FeatureGroup> OpenAsync(
        FeatureStoreClient client, string store, string name, int? version, KafkaAccess kafka, CancellationToken cancellationToken)
    {
        var release = await client.GetReleaseAsync(cancellationToken);
        var found = await client.GetFeatureStoreAsync(store, cancellationToken);
        var info = version is { } number
            ? await client.GetFeatureGroupAsync(found.Id, name, number, cancellationToken)
            : (await client.GetFeatureGroupsAsync(found.Id, name, cancellationToken)) is [.., var highest] ? highest
                : throw new HopsKafkaException($"Feature store {store} has no feature group {DisplayText.Of(name)}.", "Check its name in Hopsworks (Feature groups).");
        if (info.Kind == FeatureGroupKind.Spine)
        {
            throw new HopsKafkaException(
                $"Rows of {FeatureGroup.NameOf(info)} cannot be written: it is a spine, which has no rows of its own.", "Write another feature group.", ExitCode.Usage);
        }

        WriteRules.CheckOwner(found, info, client.ProjectId);

        var connector = await client.GetKafkaConnectorAsync(found.Id, cancellationToken);
        var subject = await client.GetSubjectAsync(found.Id, info, release, cancellationToken);
        var placed = info with { IsKafkaReachable = connector?.Accepts(kafka.Producer()) != false, BootstrapServers = connector?.BootstrapServers ?? [] };
        return new FeatureGroup(client, found, placed, subject, release, kafka);
    }
}
