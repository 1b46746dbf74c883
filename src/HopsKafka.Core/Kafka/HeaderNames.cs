using System.Text;

namespace HopsKafka.Kafka;

/// <summary>Keeps the strings of header names, which are the same few in all events of a topic.</summary>
internal sealed class HeaderNames
{
    private const int Most = 32;

    private readonly List<(byte[] Bytes, string Name)> _known = [];

    /// <summary>The name of a header.</summary>
    /// <param name="bytes">Its UTF-8 bytes.</param>
    /// <returns>The name.</returns>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (known, name) in _known)
        {
            if (bytes.SequenceEqual(known))
            {
                return name;
            }
        }

        var added = Encoding.UTF8.GetString(bytes);
        if (_known.Count < Most)
        {
            _known.Add((bytes.ToArray(), added));
        }

        return added;
    }
}
