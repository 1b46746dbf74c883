using HopsKafka.Sandbox.FeatureStore;

namespace HopsKafka.Sandbox.Rest;

/// <summary>
/// What differs between releases of Hopsworks, in one place. Bounds where the source was not read for each release
/// (2.3, 3.1 to 3.3) follow the neighbour that is known.
/// </summary>
internal sealed record ServerQuirks
{
    /// <summary>The release, e.g. 2.2; returned by <c>variables/versions</c>.</summary>
    public required Version Release { get; init; }

    /// <summary>Four calls accept Confluent's media type besides JSON; otherwise they return 415. From 2.5 on.</summary>
    public required bool AcceptsConfluentMediaType { get; init; }

    /// <summary>The list of topics contains partitions and replicas. After 2.2.</summary>
    public required bool TopicListHasCounts { get; init; }

    /// <summary>The credentials carry PEM texts beside the JKS stores. From 3.0 on.</summary>
    public required bool CredentialsHavePem { get; init; }

    /// <summary>Brokers read <c>INTERNAL://host:port</c> in clusterinfo; later bare <c>host:port</c>. Up to 3.3.</summary>
    public required bool BrokersHaveListener { get; init; }

    /// <summary>clusterinfo supports <c>?external=true</c>. Only 3.3.</summary>
    public required bool SupportsExternal { get; init; }

    /// <summary>A topic needs a registered schema. Before 3.4.</summary>
    public required bool TopicNeedsSchema { get; init; }

    /// <summary>A bad API key answers 320002 whatever is wrong with it; later 320012 or 320013. Up to 3.3.</summary>
    public required bool OneErrorForBadKeys { get; init; }

    /// <summary>
    /// The feature store has a connector <c>kafka_connector/byok</c> that returns external brokers; before, the path is
    /// unknown. From 3.4 on.
    /// </summary>
    public required bool HasKafkaConnector { get; init; }

    /// <summary>Feature groups share the topic of their project; before, each has its own, which names its subject. From 3.4 on.</summary>
    public required bool SharesOnlineTopic { get; init; }

    /// <summary>The schemas of a feature store are read below it as well, also those of another project's. From 3.7 on.</summary>
    public required bool HasFeatureStoreSubjects { get; init; }

    /// <summary>Inserts are announced, and their rows counted. From 4.2 on.</summary>
    public required bool HasOnlineIngestions { get; init; }

    /// <summary>A row with the header <c>upsertIfNewer</c> does not replace a newer one. From 5.0 on.</summary>
    public required bool HeedsUpsertIfNewer { get; init; }

    /// <summary>What a row's header <c>storage</c> means. From 5.0 on, words from 5.1 on.</summary>
    public required StorageHeader StorageHeader { get; init; }

    /// <summary>A row with the header <c>operation</c> = <c>delete</c> is deleted; before, its nulls are stored. From 5.0.5 on.</summary>
    public required bool HeedsOperation { get; init; }

    /// <summary>The behaviour of a release.</summary>
    /// <param name="release">Major and minor number, e.g. 2.5.</param>
    public static ServerQuirks Of(Version release)
    {
        ArgumentNullException.ThrowIfNull(release);
        var minor = new Version(release.Major, release.Minor);
        return new ServerQuirks
        {
            Release = release,
            AcceptsConfluentMediaType = minor >= new Version(2, 5),
            TopicListHasCounts = minor > new Version(2, 2),
            CredentialsHavePem = minor >= new Version(3, 0),
            BrokersHaveListener = minor <= new Version(3, 3),
            SupportsExternal = minor == new Version(3, 3),
            TopicNeedsSchema = minor < new Version(3, 4),
            OneErrorForBadKeys = minor <= new Version(3, 3),
            HasKafkaConnector = minor >= new Version(3, 4),
            SharesOnlineTopic = minor >= new Version(3, 4),
            HasFeatureStoreSubjects = minor >= new Version(3, 7),
            HasOnlineIngestions = minor >= new Version(4, 2),
            HeedsUpsertIfNewer = minor >= new Version(5, 0),
            StorageHeader = minor >= new Version(5, 1) ? StorageHeader.Words : minor >= new Version(5, 0) ? StorageHeader.Numbers : StorageHeader.None,
            HeedsOperation = release >= new Version(5, 0, 5),
        };
    }
}
