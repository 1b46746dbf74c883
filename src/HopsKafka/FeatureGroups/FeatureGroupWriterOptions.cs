using HopsKafka.Common;

namespace HopsKafka.FeatureGroups;

/// <summary>How rows are written to a feature group.</summary>
public sealed class FeatureGroupWriterOptions
{
    /// <summary>The stores that rows go to. Feature groups that are not streams take <see cref="FeatureStorage.Online"/> only.</summary>
    public FeatureStorage Storage { get; set; }

    /// <summary>
    /// Whether a row is written to the online store only if its event time is newer than that of the stored row. From Hopsworks 5.0.
    /// </summary>
    public bool UpsertIfNewer { get; set; }

    /// <summary>
    /// Whether rows are deleted from the online store. A row then needs the primary key only; other features are not sent. From Hopsworks 5.0.5.
    /// </summary>
    public bool Delete { get; set; }

    /// <summary>
    /// Whether only the newest row of each key of an insert goes to the online store, the others to the offline store alone. With a time to live, rows whose event
    /// time is older are marked instead. Hopsworks before 5.0 cannot do this, and rows then go to both stores.
    /// </summary>
    public bool MarkNewestRows { get; set; } = true;

    /// <summary>
    /// The number of rows of an insert, 1 to 10,000,000; 10,000. They are kept in memory until they are sent: when there are so many, and at
    /// <see cref="FeatureGroupWriter.FlushAsync"/>.
    /// </summary>
    public int RowsPerInsert { get; set; } = 10_000;

    /// <summary>Whether features that the feature group does not have, and unknown members of structs, are skipped; otherwise a row with one is refused.</summary>
    public bool IgnoreUnknownFeatures { get; set; }

    /// <summary>Whether <see cref="FeatureGroupWriter.CompleteAsync"/> starts the job that copies the rows to the offline store. Needs the scope JOB.</summary>
    public bool StartOfflineJob { get; set; } = true;

    /// <summary>How long a row may wait for its acknowledgement by the brokers until it counts as lost; 5 minutes.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What remedies call the options.</summary>
    internal WriterOptionNames Names { get; init; } = WriterOptionNames.Program;

    /// <summary>The stores that the rows reach: a delete only reaches the online store.</summary>
    internal FeatureStorage Stores => Delete ? FeatureStorage.Online : Storage;

    internal FeatureGroupWriterOptions Copy() => (FeatureGroupWriterOptions)MemberwiseClone();

    /// <exception cref="HopsKafkaException">A value is out of range.</exception>
    internal void Check()
    {
        const int mostRows = 10_000_000;
        if (RowsPerInsert is < 1 or > mostRows)
        {
            throw new HopsKafkaException($"RowsPerInsert is {RowsPerInsert}; it must be between 1 and {mostRows}.", exitCode: ExitCode.Usage);
        }

        if (DeliveryTimeout.TotalMilliseconds is < 1 or > int.MaxValue)
        {
            throw new HopsKafkaException($"DeliveryTimeout is {DeliveryTimeout}; it must be between 1 ms and 24 days.", exitCode: ExitCode.Usage);
        }

        if (!Enum.IsDefined(Storage))
        {
            throw new HopsKafkaException($"{Storage} is not a storage.", "Use Both, Online or Offline.", ExitCode.Usage);
        }
    }
}
