using HopsKafka.Avro;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer.Inputs;

/// <summary>Makes the events of an input: reads and encodes the lines, and gives each its key, partition and timestamp.</summary>
/// <param name="key">Makes keys; null for none.</param>
/// <param name="timestamp">The field of the timestamp; null for none.</param>
/// <param name="partitions">How many partitions the topic has.</param>
/// <param name="source">What the header says of the input's name.</param>
/// <param name="bad">Takes the lines that no event can be made of.</param>
internal sealed class EventSource(
    InputReader reader, InputEvent current, EventKey? key, EventTimestamp? timestamp, int partitions, ulong source, InputRequest request, BadLines bad)
{
    private bool _isWanted;

    /// <summary>The lines that the topic has already; null to send all.</summary>
    public StoredLines? Stored { get; init; }

    /// <summary>The event that is to be sent next.</summary>
    public InputEvent Current => current;

    /// <summary>Its line.</summary>
    public long Line => reader.Line;

    /// <summary>The line behind the last one that needs no more reading.</summary>
    public long NextLine { get; private set; } = 1;

    /// <summary>Its partition.</summary>
    public int Partition { get; private set; }

    /// <summary>Its header.</summary>
    public LineHeader Header => new(source, Line, partitions, (ushort)(request.Shard?.Number ?? 1), (ushort)(request.Shard?.Count ?? 1));

    /// <summary>Lines that the topic has already.</summary>
    public long AlreadySent { get; private set; }

    /// <summary>Goes on to the next event that is to be sent.</summary>
    /// <returns>False at the end, and at a line that ends the run.</returns>
    public bool MoveNext()
    {
        while (reader.MoveNext())
        {
            if (reader.Line >= request.FromLine && !(Stored?.HasAll(reader.Line) ?? false))
            {
                if (!TryMake())
                {
                    return false;
                }

                if (_isWanted)
                {
                    NextLine = reader.Line + 1;
                    return true;
                }
            }
            else if (reader.Line >= request.FromLine)
            {
                AlreadySent++;
            }

            NextLine = reader.Line + 1;
        }

        return false;
    }

    // False at a line that ends the run.
    private bool TryMake()
    {
        _isWanted = false;
        current.Clear();
        try
        {
            reader.Encode(current);
            key?.Write(current);
            timestamp?.Set(current);
        }
        catch (BadLineException e)
        {
            return bad.Add(reader, e);
        }

        Partition = current.Partition ?? PartitionOf(current.Key, reader.Line);
        if (request.Shard is { } shard && !shard.Has(current.Key.IsEmpty ? (int)(reader.Line % shard.Count) : ShardKey(current.Key, shard.Count)))
        {
            return true;
        }

        _isWanted = Stored is not { } stored || !stored.Has(Partition, reader.Line, current);
        AlreadySent += _isWanted ? 0 : 1;
        return true;
    }

    // Events without a key spread evenly, and again in the same way when the run is repeated.
    private int PartitionOf(ReadOnlySpan<byte> keyBytes, long line) =>
        keyBytes.IsEmpty ? (int)(line % partitions) : KeyPartitioner.PartitionOf(keyBytes, partitions);

    private static int ShardKey(ReadOnlySpan<byte> keyBytes, int shards) => KeyPartitioner.PartitionOf(keyBytes, shards);
}
