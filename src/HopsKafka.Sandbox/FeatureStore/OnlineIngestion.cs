namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>An announced insert, and how many of its rows the online store has handled. Safe for use by many threads.</summary>
/// <param name="id">Its number, which the rows carry in their header.</param>
/// <param name="entries">How many rows were announced; null if the writer did not know.</param>
internal sealed class OnlineIngestion(long id, long? entries)
{
    private readonly long[] _rows = new long[Enum.GetValues<RowStatus>().Length];

    public long Id => id;

    public long? Entries => entries;

    /// <summary>The statuses that rows had, and how many had each.</summary>
    public IReadOnlyList<(RowStatus Status, long Rows)> Results => [.. Enum.GetValues<RowStatus>()
        .Select(status => (status, Interlocked.Read(ref _rows[(int)status])))
        .Where(result => result.Item2 > 0)];

    public void Count(RowStatus status) => Interlocked.Increment(ref _rows[(int)status]);
}
