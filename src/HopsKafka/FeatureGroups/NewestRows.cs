using System.Runtime.InteropServices;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Finds the rows of an insert that do not belong into the online store, as the official client does. Of several with the newest event time the first one counts; without
/// event times the last row. With a time to live only the rows whose event time is older do not belong there. Of each key it keeps 40 bytes, and no row.
/// </summary>
/// <param name="timeToLive">How long the online store keeps rows; null for ever.</param>
internal sealed class NewestRows(RowLayout layout, TimeSpan? timeToLive, DateTimeOffset now)
{
    private readonly Dictionary<UInt128, (long Time, long Number)> _newest = [];
    private readonly bool _hasTime = layout.EventTimeIndex is not null;

    /// <summary>Adds the next row.</summary>
    /// <param name="number">Its number; rows come in the order of their numbers.</param>
    /// <returns>The number of the row that is found not to belong into the online store: this one, or an earlier one of its key; null for none.</returns>
    public long? Add(in RowVersion row, long number)
    {
        if (timeToLive is not null || layout.Keys.Length == 0)
        {
            return IsExpired(row) ? number : null;
        }

        var time = _hasTime ? row.EventTime ?? long.MinValue : number;
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, row.Key, out var isKnown);
        if (isKnown && time <= newest.Time)
        {
            return number;
        }

        long? before = isKnown ? newest.Number : null;
        newest = (time, number);
        return before;
    }

    /// <summary>Whether a row does not belong into the online store; all rows must have been added.</summary>
    public bool IsOlder(in RowVersion row, long number) =>
        IsExpired(row) || (_newest.TryGetValue(row.Key, out var newest) && newest.Number != number);

    private bool IsExpired(in RowVersion row) => timeToLive is { } ttl && layout.TimeOf(row.EventTime) is { } time && time < now - ttl;
}
