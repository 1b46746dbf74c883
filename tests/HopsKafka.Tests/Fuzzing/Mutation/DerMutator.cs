namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Damages ASN.1 node by node, so that the rest still reads as ASN.1.</summary>
internal static class DerMutator
{
    private static readonly byte[] s_tags = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x16, 0x17, 0x18, 0x1E, 0x24, 0x30, 0x31, 0x80, 0xA0, 0xA1, 0xA3, 0x1F, 0x00, 0xFF];

    private static readonly byte[][] s_contents =
    [
        [], [0], [1], [0x7F], [0x80], [0xFF], [0, 0], [0x0F, 0x42, 0x40], [0x00, 0xFF, 0xFF, 0xFF], [0x01, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
        [0x00, 0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x01, 0, 0, 0, 0, 0, 0, 0, 0], [.. Enumerable.Repeat((byte)0x7F, 300)],
        [.. Enumerable.Repeat((byte)0x7F, 3000)],
    ];

    private static readonly byte[][] s_lengths = [[], [0], [1], [0x7F], [0x81, 0xFF], [0x82, 0xFF, 0xFF], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x88, 1, 0, 0, 0, 0, 0, 0, 0], [0xFE]];

    /// <summary>Damages a copy in one to a few places.</summary>
    /// <param name="random">Says how.</param>
    /// <param name="der">ASN.1; anything else is damaged as bytes.</param>
    public static byte[] Mutate(Random random, byte[] der)
    {
        if (DerNode.Parse(der) is not [var root])
        {
            return ByteMutator.Mutate(random, der, [der]);
        }

        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var all = root.All().ToList();
            Change(random, all[random.Next(all.Count)], all);
        }

        return root.Encode();
    }

    private static void Change(Random random, DerNode node, List<DerNode> all)
    {
        switch (random.Next(11))
        {
            case 0:
                node.Tag = s_tags[random.Next(s_tags.Length)];
                break;
            case 1 or 2:
                Replace(node, s_contents[random.Next(s_contents.Length)]);
                break;
            case 3:
                node.Length = s_lengths[random.Next(s_lengths.Length)];
                break;
            case 4:
                node.Length = [];
                break;
            case 5:
                Replace(node, Deep(random, node));
                break;
            case 6 when node.Parts is { Count: > 0 } parts:
                parts.RemoveAt(random.Next(parts.Count));
                break;
            case 7 when node.Parts is { Count: > 0 } parts:
                parts.InsertRange(random.Next(parts.Count + 1), Enumerable.Repeat(parts[random.Next(parts.Count)], random.Next(20) == 0 ? 500 : 1));
                break;
            case 8 when node.Parts is not null:
                var other = all[random.Next(all.Count)];
                node.Parts = [.. node.Parts, new DerNode { Tag = other.Tag, Content = other.Content }];
                break;
            default:
                Replace(node, ByteMutator.Mutate(random, node.Content, [node.Content]));
                break;
        }
    }

    private static void Replace(DerNode node, byte[] content) => (node.Content, node.Parts) = (content, null);

    // From the inside out, so that ten thousand levels cost no more than their bytes.
    private static byte[] Deep(Random random, DerNode node)
    {
        var depth = (int)Math.Pow(10, random.NextDouble() * (random.Next(5) == 0 ? 5 : 3));
        var tag = random.Next(3) switch { 0 => node.Tag, 1 => (byte)0x30, _ => (byte)0x24 };
        if (random.Next(2) == 0)
        {
            return [.. Enumerable.Repeat((byte[])[(byte)(tag | 0x20), 0x80], depth).SelectMany(b => b), .. new byte[random.Next(2) * 2 * depth]];
        }

        var headers = new Stack<byte[]>();
        for (var (level, length) = (0, 0); level < depth && length < 1_000_000; level++)
        {
            headers.Push(DerNode.Header(tag, length));
            length += headers.Peek().Length;
        }

        return [.. headers.SelectMany(h => h)];
    }
}
