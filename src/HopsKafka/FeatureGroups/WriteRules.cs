using HopsKafka.Common;

namespace HopsKafka.FeatureGroups;

/// <summary>What cannot be written, by the feature group and the release of the server. All of it is known before the first row.</summary>
internal static class WriteRules
{
    /// <summary>Checks that the caller's project owns a feature group. Comes before its schema is looked up, which the registry of another project may not know.</summary>
    /// <param name="projectId">The caller's project.</param>
    /// <exception cref="HopsKafkaException">Another project owns it.</exception>
    public static void CheckOwner(FeatureStoreInfo store, FeatureGroupInfo group, int projectId)
    {
        if (store.ProjectId != projectId)
        {
            throw new HopsKafkaException(
                $"Rows of {FeatureGroup.NameOf(group)} cannot be written: it belongs to project {store.ProjectId}, and the brokers accept rows from its own members only, "
                + "however it is shared.",
                "Write it with an API key and the certificates of that project.",
                ExitCode.Usage);
        }
    }

    /// <summary>Checks that rows of a feature group can be written.</summary>
    /// <param name="suite">The tests that rows must pass; null for none.</param>
    /// <exception cref="HopsKafkaException">They cannot.</exception>
    public static void Check(FeatureGroup group, FeatureGroupWriterOptions options, ExpectationSuite? suite)
    {
        options.Check();
        if (Problem(group, options, suite) is var (reason, remedy))
        {
            throw new HopsKafkaException($"Rows of {group} cannot be {(options.Delete ? "deleted" : "written")}: {reason}.", remedy, ExitCode.Usage);
        }
    }

    private static (string Reason, string Remedy)? Problem(FeatureGroup group, FeatureGroupWriterOptions options, ExpectationSuite? suite) =>
        OfGroup(group, suite) ?? OfDelete(group, options) ?? OfStorage(group, options) ?? OfUpsert(group, options);

    private static (string Reason, string Remedy)? OfGroup(FeatureGroup group, ExpectationSuite? suite) => group switch
    {
        { Topic.Length: 0 } => ("it has no topic", "Create it as a stream, or enable its online store in Hopsworks."),
        { Info.IsKafkaReachable: false } => (KafkaConnector.UnreachableReason, KafkaConnector.UnreachableRemedy),
        { TimeTravelFormat: { } format, Info.IsPartitioned: true } when format.Equals("HUDI", StringComparison.OrdinalIgnoreCase) =>
            ("it is partitioned by columns that the client derives from the event time", "Write it with the hopsworks library."),
        _ when group.Features.Where(feature => feature.IsOnDemand).Select(feature => feature.Name).ToList() is { Count: > 0 } computed =>
            ($"transformation functions of the client compute {string.Join(", ", computed)}", "Write it with the hopsworks library."),
        _ when suite is { RunsValidation: true, IsStrict: true } =>
            ("its expectation suite is strict, and the client has to validate rows",
             "Write it with the hopsworks library, or set the policy of the suite to ALWAYS, or let it not run."),
        _ => null,
    };

    private static (string Reason, string Remedy)? OfDelete(FeatureGroup group, FeatureGroupWriterOptions options) => !options.Delete ? null : group switch
    {
        { IsOnlineEnabled: false } => ("it has no online store, and a delete reaches nothing else", "Delete rows of the offline store by other means."),
        { PrimaryKey.Count: 0 } => ("it has no primary key", "Delete rows of the offline store by other means."),
        _ when options.Storage == FeatureStorage.Offline =>
            ("a delete reaches the online store only", $"{options.Names.OfOnline}; delete rows of the offline store by other means."),
        _ when !group.Release.IsAtLeast(5, 0, 5) =>
            ($"deletes need Hopsworks 5.0.5, and the server is {group.Release}, which would write nulls instead", "Upgrade Hopsworks."),
        _ => null,
    };

    private static (string Reason, string Remedy)? OfStorage(FeatureGroup group, FeatureGroupWriterOptions options) => options.Stores switch
    {
        FeatureStorage.Online when !group.IsOnlineEnabled => ("it has no online store", $"{options.Names.ToOffline}, or enable the online store in Hopsworks."),
        FeatureStorage.Online when !options.Delete && !group.Release.IsAtLeast(5, 1) =>
            ($"rows for the online store alone need Hopsworks 5.1, and the server is {group.Release}, whose job would copy them to the offline store as well", $"{options.Names.ToBoth}."),
        FeatureStorage.Both or FeatureStorage.Offline when group.Kind == FeatureGroupKind.External =>
            ("its data are in another system, and only the online store is written over Kafka", $"{options.Names.ToOnline}."),
        FeatureStorage.Both or FeatureStorage.Offline when group.Kind == FeatureGroupKind.Cached =>
            ($"it is not a stream: the offline table{(group.TimeTravelFormat is { } format ? $" ({format})" : "")} is not written over Kafka",
             $"{options.Names.ToOnline}, or write it with the hopsworks library."),
        FeatureStorage.Offline when group.IsOnlineEnabled && !RowHeaders.CanMark(group.Release) =>
            ($"rows for the offline store alone need Hopsworks 5.0, and the server is {group.Release}, which would write them to the online store as well", $"{options.Names.ToBoth}."),
        _ => null,
    };

    private static (string Reason, string Remedy)? OfUpsert(FeatureGroup group, FeatureGroupWriterOptions options) => !options.UpsertIfNewer ? null : group switch
    {
        { EventTime: null } => ("it has no event time to compare, and rows are to be written only if they are newer", $"{options.Names.InAnyCase}."),
        { IsOnlineEnabled: false } => ("it has no online store, where rows could be compared", $"{options.Names.InAnyCase}."),
        _ when options.Delete || options.Storage == FeatureStorage.Offline => ("only rows for the online store can be written if they are newer", $"{options.Names.InAnyCase}."),
        _ when !group.Release.IsAtLeast(5, 0) =>
            ($"rows that are written only if they are newer need Hopsworks 5.0, and the server is {group.Release}, which would write older rows as well", $"{options.Names.InAnyCase}."),
        _ => null,
    };
}
