using System.Collections.Immutable;
using Confluent.Kafka;

namespace HopsKafka.Tool.Topics;

/// <summary>Statistics of the events of a partition, from its offsets and from the events that were read.</summary>
/// <param name="id">The partition.</param>
/// <param name="begin">The offset of the first event that is still there.</param>
/// <param name="end">The offset after the last event.</param>
internal sealed class PartitionEvents(int id, long begin, long end)
{
    // The end of the year 9999, in milliseconds since 1970.
    private const long LatestTime = 253_402_300_799_999;

    private readonly HashSet<ImmutableArray<byte>> _keys = new(KeyComparer.Instance);

    public int Id => id;

    public long Begin => begin;

    public long End => end;

    /// <summary>Where the sample begins: it ends with the last event.</summary>
    public long SampleBegin { get; } = Math.Max(begin, end - EventSampler.SampleSize);

    /// <summary>
    /// Number of events: counted if all were read, otherwise the range of offsets, which also counts compacted events and transaction markers.
    /// </summary>
    public long Count => IsExact ? Sample : end - begin;

    public bool IsExact => SampleBegin == begin;

    /// <summary>Time of the first event; null without events, or if they have none.</summary>
    public DateTimeOffset? FirstTime { get; private set; }

    /// <summary>Time of the last event.</summary>
    public DateTimeOffset? LastTime { get; private set; }

    /// <summary>Number of events in the sample.</summary>
    public long Sample { get; private set; }

    /// <summary>Bytes of their keys and values.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of different keys among them; events without a key are not counted.</summary>
    public int Keys => _keys.Count;

    /// <summary>Adds the first event of the partition.</summary>
    public void AddFirst(Message<byte[], byte[]> message) => FirstTime ??= TimeOf(message);

    /// <summary>Adds an event of the sample.</summary>
    public void Add(Message<byte[], byte[]> message)
    {
        AddFirst(message);
        LastTime = TimeOf(message);
        Sample++;
        Bytes += (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0);
        if (message.Key is not null)
        {
            _keys.Add([.. message.Key]);
        }
    }

    // A producer may send any number, also one outside the range of times.
    private static DateTimeOffset? TimeOf(Message<byte[], byte[]> message) =>
        message.Timestamp is { Type: not TimestampType.NotAvailable, UnixTimestampMs: >= 0 and <= LatestTime }
            ? DateTimeOffset.FromUnixTimeMilliseconds(message.Timestamp.UnixTimestampMs)
            : null;

    private sealed class KeyComparer : IEqualityComparer<ImmutableArray<byte>>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<byte> x, ImmutableArray<byte> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<byte> key)
        {
            var hash = new HashCode();
            hash.AddBytes(key.AsSpan());
            return hash.ToHashCode();
        }
    }
}
