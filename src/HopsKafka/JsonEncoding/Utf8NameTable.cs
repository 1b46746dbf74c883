using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HopsKafka.JsonEncoding;

/// <summary>Finds the index of a name by its UTF-8, as it stands in JSON.</summary>
internal sealed class Utf8NameTable
{
    // Comparing so few costs less than a hash.
    private const int LinearSearchMax = 8;

    private readonly byte[][] _names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? _indexes;

    public Utf8NameTable(IReadOnlyList<string> names)
    {
        Names = names;
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        if (_names.Length > LinearSearchMax)
        {
            var indexes = new Dictionary<byte[], int>(_names.Length, Utf8Comparer.Instance);
            for (var i = 0; i < _names.Length; i++)
            {
                indexes[_names[i]] = i;
            }

            _indexes = indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
        }
    }

    /// <summary>All names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds a name.</summary>
    /// <param name="likely">The index to look at first.</param>
    /// <returns>Its index; -1 for none.</returns>
    public int Find(ReadOnlySpan<byte> name, int likely = 0)
    {
        if (likely < _names.Length && name.SequenceEqual(_names[likely]))
        {
            return likely;
        }

        if (_indexes is { } indexes)
        {
            return indexes.TryGetValue(name, out var index) ? index : -1;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
