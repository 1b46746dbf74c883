using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>The job that copies rows from the topic to the offline store.</summary>
/// <param name="Arguments">Its default arguments.</param>
/// <param name="HasRun">Whether it has run before; a first run needs to know where to start.</param>
internal sealed record OfflineJob(FeatureStoreClient Client, string Name, string Arguments, bool HasRun)
{
    // The second one is of feature groups that older releases created.
    private static readonly string[] s_endings = ["offline_fg_materialization", "offline_fg_backfill"];

    /// <summary>Where the first run starts: the ends of the partitions before the first row; null for none.</summary>
    public IReadOnlyList<TopicPartitionOffset>? Checkpoint { get; init; }

    /// <summary>Finds the job of a feature group.</summary>
    /// <exception cref="HopsworksException">130009: it has none.</exception>
    public static async Task<OfflineJob> FindAsync(FeatureStoreClient client, FeatureGroup group, CancellationToken cancellationToken)
    {
        var names = s_endings.Select(ending => string.Create(CultureInfo.InvariantCulture, $"{group.Name}_{group.Version}_{ending}")).ToArray();
        string? arguments;
        var name = names[0];
        try
        {
            arguments = await client.GetJobArgumentsAsync(name, cancellationToken);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.JobNotFound)
        {
            name = names[1];
            arguments = await client.GetJobArgumentsAsync(name, cancellationToken);
        }

        return new OfflineJob(client, name, arguments ?? "", await client.HasRunAsync(name, cancellationToken));
    }

    /// <summary>Starts it.</summary>
    /// <returns>The id of the run.</returns>
    public Task<long> StartAsync(CancellationToken cancellationToken) => Client.StartJobAsync(Name, ArgumentsOfRun, cancellationToken);

    /// <summary>The arguments of the next run.</summary>
    internal string ArgumentsOfRun => HasRun || Checkpoint is not { Count: > 0 } ends
        ? Arguments
        : $"{Arguments} -initialCheckPointString {ends[0].Topic},{string.Join(',', ends.Select(Shown))}";

    private static string Shown(TopicPartitionOffset end) => string.Create(CultureInfo.InvariantCulture, $"{end.Partition.Value}:{end.Offset.Value}");
}
