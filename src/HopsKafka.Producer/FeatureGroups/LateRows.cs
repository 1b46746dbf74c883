using System.Runtime.InteropServices;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>
/// Finds the keys whose last row is older than a row before it. A release that cannot mark rows writes all of them to the online store in their order, which then keeps
/// the older one. Of each key it keeps 48 bytes, and no row.
/// </summary>
internal sealed class LateRows
{
    private readonly Dictionary<UInt128, (long Newest, long LateLine)> _keys = [];

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Values.Count(key => key.LateLine > 0);

    /// <summary>The first line that is an older last row; only if there are any.</summary>
    public long FirstLine => _keys.Values.Where(key => key.LateLine > 0).Min(key => key.LateLine);

    /// <summary>Adds the next row.</summary>
    public void Add(in RowVersion row, long line)
    {
        var time = row.EventTime ?? long.MinValue;
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, row.Key, out var isKnown);
        key = isKnown && time < key.Newest ? (key.Newest, line) : (time, 0);
    }
}
