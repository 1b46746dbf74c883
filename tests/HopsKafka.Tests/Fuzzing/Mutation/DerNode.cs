namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>A node of ASN.1, with lengths that may lie.</summary>
internal sealed class DerNode
{
    public byte Tag { get; set; }

    /// <summary>The content of a node without parts.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>The parts of a constructed node, or of one in whose bytes there is more ASN.1; null for none.</summary>
    public List<DerNode>? Parts { get; set; }

    /// <summary>What stands in place of the length; null for the true one. Empty for the indefinite form.</summary>
    public byte[]? Length { get; set; }

    /// <summary>Reads what is there.</summary>
    /// <returns>The nodes; null when the bytes are no ASN.1 to their end.</returns>
    public static List<DerNode>? Parse(ReadOnlySpan<byte> bytes)
    {
        var nodes = new List<DerNode>();
        while (bytes.Length > 0)
        {
            if (bytes.Length < 2 || (bytes[0] & 0x1F) == 0x1F || bytes[0] == 0)
            {
                return null;
            }

            var (header, length) = (2, (int)bytes[1]);
            if (length > 0x80)
            {
                var count = length - 0x80;
                if (count > 3 || bytes.Length < 2 + count)
                {
                    return null;
                }

                length = 0;
                foreach (var b in bytes.Slice(2, count))
                {
                    length = (length << 8) | b;
                }

                header += count;
            }

            if (bytes[1] == 0x80 || bytes.Length < header + length)
            {
                return null;
            }

            nodes.Add(Of(bytes[0], bytes.Slice(header, length)));
            bytes = bytes[(header + length)..];
        }

        return nodes;
    }

    /// <summary>This node and all below it.</summary>
    public IEnumerable<DerNode> All() => [this, .. (Parts ?? []).SelectMany(p => p.All())];

    public byte[] Encode()
    {
        byte[] content = Parts is null ? Content : [.. Parts.SelectMany(p => p.Encode())];
        return Length switch
        {
            null => [.. Header(Tag, content.Length), .. content],
            [] => [(byte)(Tag | 0x20), 0x80, .. content, 0, 0],
            var lie => [Tag, .. lie, .. content],
        };
    }

    /// <summary>Tag and true length.</summary>
    public static byte[] Header(byte tag, int length) => length switch
    {
        < 0x80 => [tag, (byte)length],
        < 0x100 => [tag, 0x81, (byte)length],
        < 0x10000 => [tag, 0x82, (byte)(length >> 8), (byte)length],
        _ => [tag, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    // Octet strings and bit strings hold the parts of a store and keys.
    private static DerNode Of(byte tag, ReadOnlySpan<byte> content) => new()
    {
        Tag = tag,
        Content = content.ToArray(),
        Parts = (tag & 0x20) != 0 || (tag == 4 && content.Length > 8) ? Parse(content) : null,
    };
}
