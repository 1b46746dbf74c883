namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The newest row of each primary key. Safe for use by many threads.</summary>
internal sealed class OnlineTable
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>Stores a row.</summary>
    /// <param name="key">Its primary key as <see cref="StoredRow.Key"/> writes it.</param>
    /// <param name="json">The row.</param>
    /// <param name="eventTime">Its event time, in any unit; null for none.</param>
    /// <param name="onlyIfNewer">Whether a stored row stays unless its event time is earlier.</param>
    /// <returns>False when the stored row stays.</returns>
    public bool Upsert(string key, string json, long? eventTime, bool onlyIfNewer)
    {
        lock (_rows)
        {
            if (onlyIfNewer && _rows.TryGetValue(key, out var stored) && stored.EventTime >= eventTime)
            {
                return false;
            }

            _rows[key] = new Row(json, eventTime);
            return true;
        }
    }

    public void Delete(string key)
    {
        lock (_rows)
        {
            _rows.Remove(key);
        }
    }

    /// <summary>The row as JSON; null for an unknown key.</summary>
    public string? Find(string key)
    {
        lock (_rows)
        {
            return _rows.GetValueOrDefault(key)?.Json;
        }
    }

    private sealed record Row(string Json, long? EventTime);
}
