namespace HopsKafka.Consumer.Pictures;

/// <summary>The offsets that were drawn already, as bitmaps, since offsets are mostly consecutive.</summary>
internal sealed class SeenOffsets
{
    private readonly Dictionary<(string Topic, int Partition), Dictionary<long, ulong>> _seen = [];

    /// <summary>Adds an event.</summary>
    /// <returns>False if it was added before.</returns>
    public bool Add(string topic, int partition, long offset)
    {
        if (!_seen.TryGetValue((topic, partition), out var words))
        {
            _seen[(topic, partition)] = words = [];
        }

        var bit = 1UL << (int)(offset & 63);
        var word = words.GetValueOrDefault(offset >> 6);
        words[offset >> 6] = word | bit;
        return (word & bit) == 0;
    }
}
