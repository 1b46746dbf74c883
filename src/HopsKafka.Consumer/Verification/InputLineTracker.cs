using HopsKafka.Kafka;

namespace HopsKafka.Consumer.Verification;

/// <summary>Tracks the lines of one input by the events that were read.</summary>
/// <param name="source">The hash of the input's name in the header hops-line.</param>
internal sealed class InputLineTracker(ulong source)
{
    private const uint MaxGap = 1_000_000;

    private readonly LineSet _lines = new();

    // Lines of events, and lines without an event, which the header of the next event counts.
    private readonly LineSet _known = new();
    private readonly Dictionary<(int Partition, int Shard), long> _newest = [];

    /// <summary>The input: 16 hexadecimal digits.</summary>
    public string Source { get; } = source.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Number of distinct lines.</summary>
    public long Events => _lines.Count;

    /// <summary>Repeated events of a line that was read before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Lines stored after a later line of the same sender and partition.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>The partitions of its events.</summary>
    public IEnumerable<int> Partitions => _newest.Keys.Select(key => key.Partition).Distinct().Order();

    /// <summary>The first line read.</summary>
    public long First => _known.First;

    /// <summary>The last line read.</summary>
    public long Last => _known.Last;

    /// <summary>Lines between the first and the last whose event was not read.</summary>
    public long Missing => _known.Missing;

    /// <summary>The missing lines, as ranges.</summary>
    public IEnumerable<(long First, long Last)> Gaps => _known.Gaps();

    /// <summary>Whether no line is missing, out of order, or stored twice.</summary>
    public bool IsSound => Missing == 0 && OutOfOrder == 0 && Duplicates == 0;

    /// <summary>Adds an event.</summary>
    public void Add(int partition, in LineHeader header)
    {
        if (!_lines.Add(header.Line))
        {
            Duplicates++;
            return;
        }

        _known.Add(header.Line);
        for (var line = Math.Max(1, header.Line - Math.Min(header.Gap, MaxGap)); line < header.Line; line++)
        {
            _known.Add(line);
        }

        var newest = _newest.GetValueOrDefault((partition, header.Shard));
        OutOfOrder += header.Line < newest ? 1 : 0;
        _newest[(partition, header.Shard)] = Math.Max(newest, header.Line);
    }
}
