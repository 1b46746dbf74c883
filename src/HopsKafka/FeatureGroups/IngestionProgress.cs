namespace HopsKafka.FeatureGroups;

/// <summary>How far the online store is with the rows of an insert.</summary>
/// <param name="Id">The id of the online ingestion.</param>
/// <param name="Expected">The number of rows that were announced; null if it was not known.</param>
public sealed record IngestionProgress(long Id, long? Expected)
{
    /// <summary>The number of rows by what became of them: UPSERTED, DELETED, IGNORED, FAILED.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>();

    /// <summary>The number of rows that the online store has processed, whatever became of them.</summary>
    public long Processed => Rows.Values.Sum();

    /// <summary>The number of rows that the online store could not write.</summary>
    public long Failed => Rows.GetValueOrDefault("FAILED");

    /// <summary>Whether all rows are processed.</summary>
    public bool IsComplete => Expected is { } expected && Processed >= expected;
}
