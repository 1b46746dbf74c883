using HopsKafka.Kafka;

namespace HopsKafka.Consumer.Verification;

/// <summary>The lines of one input, as its events were read.</summary>
/// <param name="source">What the header hops-line says of the input's name.</param>
internal sealed class InputLineTracker(ulong source)
{
    private const uint MostGap = 1_000_000;

    private readonly LineSet _lines = new();

    // The events' lines, and those that are not events by what the next one says.
    private readonly LineSet _known = new();
    private readonly Dictionary<(int Partition, int Shard), long> _newest = [];

    /// <summary>The input: 16 hexadecimal digits.</summary>
    public string Source { get; } = source.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Different lines that were read.</summary>
    public long Events => _lines.Count;

    /// <summary>Lines that are stored more than once, counted from the second time.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Lines that are stored behind a later one that the same sender sent to the same partition, as the events of a key are.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>The partitions of its events.</summary>
    public IEnumerable<int> Partitions => _newest.Keys.Select(key => key.Partition).Distinct().Order();

    /// <summary>The first line read.</summary>
    public long First => _known.First;

    /// <summary>The last line read.</summary>
    public long Last => _known.Last;

    /// <summary>Lines between the first and the last whose event is nowhere.</summary>
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
        for (var line = Math.Max(1, header.Line - Math.Min(header.Gap, MostGap)); line < header.Line; line++)
        {
            _known.Add(line);
        }

        var newest = _newest.GetValueOrDefault((partition, header.Shard));
        OutOfOrder += header.Line < newest ? 1 : 0;
        _newest[(partition, header.Shard)] = Math.Max(newest, header.Line);
    }
}
