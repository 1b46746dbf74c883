using HopsKafka.FeatureGroups;
using HopsKafka.Native;
using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>Encodes lines of an input, and gives each event its key, partition and timestamp.</summary>
/// <param name="key">Builds the keys; null for none.</param>
internal sealed class InputEventBuilder(InputSchema schema, InputRequest request, EventKey? key)
{
    private readonly EventTimestamp? _timestamp = EventTimestamp.Of(schema.Type, request);

    /// <summary>How many partitions the topic has.</summary>
    public int Partitions { get; set; }

    /// <summary>What knows the rows that do not belong into the online store; null for none.</summary>
    public NewestRows? Newest { get; set; }

    /// <summary>Rows that are encoded already; null for none.</summary>
    public KeptRows? Kept { get; set; }

    /// <summary>The event of the last line.</summary>
    public InputEvent Current { get; } = new(schema.FramingId);

    /// <summary>Its partition.</summary>
    public int Partition { get; private set; }

    /// <summary>Creates the event of the current line.</summary>
    /// <param name="bad">Handles a line that is not a valid event; null to pass over it.</param>
    /// <returns>False if it is not a valid event.</returns>
    public bool TryCreate(InputReader reader, BadLines? bad)
    {
        try
        {
            Create(reader);
            return true;
        }
        catch (BadLineException e)
        {
            bad?.Add(reader, e);
            return false;
        }
    }

    /// <summary>Creates the event of the current line.</summary>
    /// <exception cref="BadLineException">It is not a valid event.</exception>
    public void Create(InputReader reader)
    {
        Current.Clear();
        if (Kept?.TryTake(reader.Line, Current) != true)
        {
            reader.Encode(Current);
        }

        key?.Write(Current);
        _timestamp?.Set(Current);
        if (Current.Partition >= Partitions)
        {
            throw new BadLineException(null, "partition", $"{Current.Partition} is not one of the {Partitions} partitions of the topic");
        }

        Partition = Current.Partition ?? Distribute(Current.Key, reader.Line, Partitions);
        Current.IsOlder = Newest?.IsOlder(Current.Row, reader.Line) == true;
    }

    /// <summary>Whether a line with the key of the current event is in the share of this run.</summary>
    public bool IsInShard(long line) => request.Shard is not { } shard || shard.Contains(Distribute(Current.Key, line, shard.Count));

    // Events without a key are spread by their lines, so that a resumed run finds each again.
    private static int Distribute(ReadOnlySpan<byte> key, long line, int count) => key.IsEmpty ? (int)(line % count) : KeyPartitioner.PartitionOf(key, count);
}
