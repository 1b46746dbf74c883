using System.Text;

namespace HopsKafka.Common;

/// <summary>The hash function FNV-1a of 64 bits, which is the same on any machine and in any version.</summary>
internal static class Fnv1a
{
    /// <summary>The hash of a text's UTF-8.</summary>
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }
}
