namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The rows that the job appended. Safe for use by many threads.</summary>
internal sealed class OfflineTable
{
    private readonly List<string> _rows = [];

    public int Count
    {
        get
        {
            lock (_rows)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Some rows as JSON, the oldest first.</summary>
    public IReadOnlyList<string> Rows(int offset, int limit)
    {
        lock (_rows)
        {
            return [.. _rows.Skip(offset).Take(limit)];
        }
    }

    public void Append(IEnumerable<string> rows)
    {
        lock (_rows)
        {
            _rows.AddRange(rows);
        }
    }
}
