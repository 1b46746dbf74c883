using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Inputs;

/// <summary>
/// The last line of the input that each partition has. A producer sends the lines of a partition in their order, sends none after one that failed, and brokers keep the
/// order, so all earlier lines of that partition are stored as well.
/// </summary>
/// <param name="name">The input, for messages.</param>
/// <param name="header">The header of this run's events, but for the line.</param>
/// <param name="otherStores">The sources of the same rows in other stores, with the options that say so.</param>
internal sealed class StoredLines(string name, string topic, LineHeader header, IReadOnlyDictionary<ulong, string> otherStores)
{
    private readonly string _remedy =
        $"Resume with the input and the options of the earlier run. If this is another input than the {name} of that run, give it a name of its own with --source.";

    private readonly SortedDictionary<int, (LineHeader Header, ConsumeResult<byte[], byte[]> Event)> _last = [];

    /// <summary>How many partitions have lines of the input.</summary>
    public int Partitions => _last.Count;

    /// <summary>The lowest of the last lines.</summary>
    public long Lowest => _last.Values.Min(last => last.Header.Line);

    /// <summary>The highest line that the topic has; 0 for none.</summary>
    public long Highest => _last.Count == 0 ? 0 : _last.Values.Max(last => last.Header.Line);

    /// <summary>The option of rows of the same input that went to other stores; null for none seen.</summary>
    public string? OtherStorage { get; private set; }

    /// <summary>Whether the last line of a partition is known.</summary>
    public bool IsFound(int partition) => _last.ContainsKey(partition);

    /// <summary>Adds an event of the topic; of a partition the event of the highest offset counts.</summary>
    /// <returns>The input's name; null if the event is not one of this input and shard.</returns>
    /// <exception cref="ResumeRefusedException">It was sent in another way than this run does, so that its lines are in other partitions.</exception>
    public string? Add(ConsumeResult<byte[], byte[]> result)
    {
        if (!LineHeader.TryFind(result.Message.Headers, out var found) || found.Source != header.Source || (found.Shards == header.Shards && found.Shard != header.Shard))
        {
            OtherStorage = otherStores.GetValueOrDefault(found.Source) ?? OtherStorage;
            return null;
        }

        if (found.Partitions != header.Partitions)
        {
            throw new ResumeRefusedException(
                $"{name} cannot be resumed: the topic {topic} has {header.Partitions} partitions, but had {found.Partitions} when line {found.Line} was sent, "
                + "so keys may belong to other partitions now.",
                "Send the rest from the line that the earlier run printed (--from-line), or if it was killed, everything under another name (--source).");
        }

        if (found.Shards != header.Shards)
        {
            throw new ResumeRefusedException(
                $"{name} cannot be resumed: line {found.Line} was sent {ShareOf(found)}, and this run is {ShareOf(header)}.",
                "Resume with the same --shard as the earlier run.",
                ExitCode.Usage);
        }

        var partition = result.Partition.Value;
        if (!_last.TryGetValue(partition, out var last) || last.Event.Offset < result.Offset)
        {
            _last[partition] = (found, result);
        }

        return name;
    }

    /// <summary>Whether a line is one of those whose content is compared.</summary>
    public bool IsLast(long line) => _last.Values.Any(last => last.Header.Line == line);

    /// <summary>Whether a line is stored, whatever its partition.</summary>
    /// <param name="partitions">How many partitions the topic has.</param>
    public bool HasAll(long line, int partitions) => _last.Count == partitions && line < Lowest && !IsLast(line);

    /// <summary>Whether a partition has a line.</summary>
    public bool Has(int partition, long line) => _last.TryGetValue(partition, out var last) && line <= last.Header.Line;

    /// <summary>The failure of an input that has fewer lines than the topic.</summary>
    /// <param name="lines">How many it has.</param>
    public ResumeRefusedException EndsTooEarly(long lines) => new(
        $"{name} cannot be resumed: it ends at line {lines}, but {topic} has line {Highest} of it.", _remedy);

    /// <summary>The failure of a line that is stored, and not a valid event now.</summary>
    public ResumeRefusedException NoEvent(long line, BadLineException error) => new(
        $"{name} cannot be resumed: {topic} has line {line} of it, but that line is not a valid event: {error.Clause.TrimEnd('.')}.", _remedy, innerException: error);

    /// <summary>Compares an event with the stored one, if its line is the last of a partition.</summary>
    /// <param name="partition">Where the event belongs.</param>
    /// <exception cref="ResumeRefusedException">The line was another one when it was sent.</exception>
    public void Compare(int partition, long line, InputEvent current)
    {
        foreach (var (storedIn, (stored, message)) in _last)
        {
            if (stored.Line == line)
            {
                Compare(storedIn, partition, message, current);
            }
        }
    }

    private void Compare(int storedIn, int partition, ConsumeResult<byte[], byte[]> stored, InputEvent current)
    {
        var difference =
            storedIn != partition || !current.Key.SequenceEqual(stored.Message.Key) ? "its key was another one"
            : current.Value.SequenceEqual(stored.Message.Value) ? null
            : !current.IsFramed ? "its content was another one, or was written with another schema"
            : SchemaOf(stored.Message.Value) is { } id && id != SchemaOf(current.Value) ? $"it was written with schema id {id}, this run uses {SchemaOf(current.Value)}"
            : "its content was another one";
        if (difference is not null)
        {
            LineHeader.TryFind(stored.Message.Headers, out var found);
            throw new ResumeRefusedException(
                $"{name} cannot be resumed: line {found.Line} is in {topic} [{storedIn}] at offset {stored.Offset}, but {difference}.",
                _remedy);
        }
    }

    private static string ShareOf(in LineHeader sent) => sent.Shards == 1 ? "without --shard" : $"with --shard {sent.Shard}/{sent.Shards}";

    private static int? SchemaOf(ReadOnlySpan<byte> value) => value.Length >= ConfluentFraming.Size ? ConfluentFraming.ReadSchemaId(value) : null;
}
