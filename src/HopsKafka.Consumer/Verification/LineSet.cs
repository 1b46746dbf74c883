using System.Numerics;

namespace HopsKafka.Consumer.Verification;

/// <summary>A set of line numbers as a bitmap: the lines of an input arrive partition by partition, so there would be many ranges.</summary>
internal sealed class LineSet
{
    private const int PageBits = 1 << 12;
    private const int WordBits = 64;

    private readonly Dictionary<long, ulong[]> _pages = [];

    /// <summary>Number of lines.</summary>
    public long Count { get; private set; }

    /// <summary>The lowest line.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The highest line.</summary>
    public long Last { get; private set; }

    /// <summary>Number of lines between the first and the last that are not in the set.</summary>
    public long Missing => Count == 0 ? 0 : Last - First + 1 - Count;

    /// <summary>Adds a line.</summary>
    /// <returns>False if it is in the set already.</returns>
    public bool Add(long line)
    {
        var (page, bit) = Math.DivRem(line, PageBits);
        if (!_pages.TryGetValue(page, out var words))
        {
            _pages.Add(page, words = new ulong[PageBits / WordBits]);
        }

        ref var word = ref words[bit / WordBits];
        var mask = 1UL << (int)(bit % WordBits);
        if ((word & mask) != 0)
        {
            return false;
        }

        word |= mask;
        Count++;
        (First, Last) = (Math.Min(First, line), Math.Max(Last, line));
        return true;
    }

    /// <summary>The ranges of missing lines, in ascending order.</summary>
    public IEnumerable<(long First, long Last)> Gaps()
    {
        for (var line = First; line < Last;)
        {
            var start = Next(line, isSet: false);
            if (start >= Last)
            {
                yield break;
            }

            line = Next(start, isSet: true);
            yield return (start, line - 1);
        }
    }

    // The next line, from this one on, that is (or is not) in the set.
    private long Next(long line, bool isSet)
    {
        while (line <= Last)
        {
            var (page, bit) = Math.DivRem(line, PageBits);
            var word = _pages.TryGetValue(page, out var words) ? words[bit / WordBits] : 0;
            var wanted = (isSet ? word : ~word) >> (int)(bit % WordBits);
            if (wanted != 0)
            {
                return line + BitOperations.TrailingZeroCount(wanted);
            }

            line += WordBits - (bit % WordBits);
        }

        return line;
    }
}
