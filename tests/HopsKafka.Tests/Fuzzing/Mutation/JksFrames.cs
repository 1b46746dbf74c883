using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Damages the parts of a JKS store, and gives it a digest that fits.</summary>
internal static class JksFrames
{
    private const int DigestLength = 20;
    private const byte Sequence = 0x30;

    /// <summary>Damages one certificate or encrypted key, whose length is put right again or lies.</summary>
    public static byte[] Mutate(Random random, byte[] store)
    {
        var parts = Parts(store).ToList();
        var (at, length) = parts[random.Next(parts.Count)];
        var part = DerMutator.Mutate(random, store[at..(at + length)]);
        var declaredLength = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(declaredLength, random.Next(10) == 0 ? (int)ByteMutator.Number(random) : part.Length);
        return [.. store[..(at - sizeof(int))], .. declaredLength, .. part, .. store[(at + length)..]];
    }

    /// <summary>Puts the digest of a password over all but the last bytes.</summary>
    public static byte[] Seal(byte[] store, string password)
    {
        var content = store[..^Math.Min(DigestLength, store.Length)];
        return [.. content, .. Digest(content, password)];
    }

#pragma warning disable CA5350 // Java's format has no other.
    private static byte[] Digest(byte[] content, string password) =>
        SHA1.HashData([.. Encoding.BigEndianUnicode.GetBytes(password), .. "Mighty Aphrodite"u8, .. content]);
#pragma warning restore CA5350

    // Each DER part stands behind its length: found by the two lengths agreeing.
    private static IEnumerable<(int At, int Length)> Parts(byte[] store)
    {
        for (var at = sizeof(int); at < store.Length - DigestLength; at++)
        {
            if (store[at] == Sequence && BinaryPrimitives.ReadInt32BigEndian(store.AsSpan(at - sizeof(int))) is var length and > 0
                && at + length <= store.Length && DerNode.Parse(store.AsSpan(at, length)) is [_])
            {
                yield return (at, length);
            }
        }
    }
}
