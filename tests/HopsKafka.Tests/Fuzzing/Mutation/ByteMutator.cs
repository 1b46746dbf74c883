using System.Buffers.Binary;

namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Damages bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private const int MostChanges = 6;
    private const int LargestBlowUp = 50_000;
    private const int Largest = 2_000_000;

    private static readonly byte[] s_bytes = [0, 1, 2, 0x0A, 0x0D, 0x1B, 0x22, 0x27, 0x30, 0x7F, 0x80, 0x84, 0xC0, 0xED, 0xFE, 0xFF];

    private static readonly long[] s_numbers =
        [-1, 0, 1, 2, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, 0x7FFFFFF0, uint.MaxValue, long.MaxValue, long.MinValue];

    private static readonly byte[][] s_badTexts =
        [[0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80, 0xA8], [0xEF, 0xBB, 0xBF], [0x1B, (byte)'[', (byte)'2', (byte)'J']];

    private static readonly Action<Random, List<byte>>[] s_changes =
        [FlipBit, SetByte, SetNumber, InsertBadText, Delete, Duplicate, Swap, Truncate, BlowUp, InsertRandom];

    /// <summary>Damages a copy in one to several places.</summary>
    /// <param name="random">Says how.</param>
    /// <param name="sample">What to damage.</param>
    /// <param name="others">What parts may be taken from.</param>
    public static byte[] Mutate(Random random, byte[] sample, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(sample);
        for (var changes = 1 + random.Next(random.Next(1, MostChanges)); changes > 0 && bytes.Count < Largest; changes--)
        {
            if (random.Next(12) == 0)
            {
                Splice(random, bytes, others[random.Next(others.Count)]);
            }
            else
            {
                s_changes[random.Next(s_changes.Length)](random, bytes);
            }
        }

        return [.. bytes];
    }

    /// <summary>A number that programs stumble over.</summary>
    public static long Number(Random random) => s_numbers[random.Next(s_numbers.Length)];

    private static (int At, int Length) Range(Random random, List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        return (at, Math.Min(bytes.Count - at, 1 + random.Next(random.Next(10) == 0 ? bytes.Count + 1 : 16)));
    }

    private static void FlipBit(Random random, List<byte> bytes)
    {
        if (bytes.Count > 0)
        {
            bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
        }
    }

    private static void SetByte(Random random, List<byte> bytes)
    {
        if (bytes.Count > 0)
        {
            bytes[random.Next(bytes.Count)] = s_bytes[random.Next(s_bytes.Length)];
        }
    }

    private static void SetNumber(Random random, List<byte> bytes)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, Number(random));
        number = number[(8 - (1 << random.Next(4)))..];
        if (random.Next(2) == 0)
        {
            number.Reverse();
        }

        var at = random.Next(bytes.Count + 1);
        for (var i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    private static void InsertBadText(Random random, List<byte> bytes) =>
        bytes.InsertRange(random.Next(bytes.Count + 1), s_badTexts[random.Next(s_badTexts.Length)]);

    private static void Delete(Random random, List<byte> bytes)
    {
        var (at, length) = Range(random, bytes);
        bytes.RemoveRange(at, length);
    }

    private static void Duplicate(Random random, List<byte> bytes)
    {
        var (at, length) = Range(random, bytes);
        bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
    }

    private static void Swap(Random random, List<byte> bytes)
    {
        var (at, length) = Range(random, bytes);
        var part = bytes.GetRange(at, length);
        bytes.RemoveRange(at, length);
        bytes.InsertRange(random.Next(bytes.Count + 1), part);
    }

    private static void Truncate(Random random, List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        bytes.RemoveRange(at, bytes.Count - at);
    }

    private static void BlowUp(Random random, List<byte> bytes)
    {
        var (at, length) = Range(random, bytes);
        if (length > 0)
        {
            var most = random.Next(100) == 0 ? 20 * LargestBlowUp : random.Next(10) == 0 ? LargestBlowUp : 500;
            var part = bytes.GetRange(at, length);
            bytes.InsertRange(at, Enumerable.Repeat(part, Math.Max(1, random.Next(most) / length)).SelectMany(p => p));
        }
    }

    private static void InsertRandom(Random random, List<byte> bytes)
    {
        var noise = new byte[random.Next(1, 20)];
        random.NextBytes(noise);
        bytes.InsertRange(random.Next(bytes.Count + 1), noise);
    }

    private static void Splice(Random random, List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
    }
}
