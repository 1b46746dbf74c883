using System.Buffers.Binary;

namespace HopsKafka.Certificates;

/// <summary>
/// Walks the frames of a JKS file without opening it: so that a truncated file is distinguished from a wrong password, and a damaged
/// length allocates no memory. Java's format: magic, version, count; then entries of tag, alias, date and
/// length-prefixed parts; then a SHA-1 digest.
/// </summary>
internal ref struct JksStructure
{
    private const int DigestLength = 20;

    private ReadOnlySpan<byte> _rest;

    /// <summary>True when all entries end where the digest begins.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 + DigestLength && new JksStructure { _rest = bytes[4..^DigestLength] }.Walk();

    private bool Walk()
    {
        var version = Number();
        if (version is not (1 or 2))
        {
            return false;
        }

        for (var entries = Number(); entries > 0; entries--)
        {
            if (!Entry(version))
            {
                return false;
            }
        }

        return _rest.IsEmpty;
    }

    private bool Entry(int version)
    {
        var tag = Number();
        if (!Skip(Short()) || !Skip(sizeof(long)))
        {
            return false;
        }

        return tag switch
        {
            1 => Skip(Number()) && Chain(version),
            2 => Certificate(version),
            _ => false,
        };
    }

    private bool Chain(int version)
    {
        for (var certificates = Number(); certificates != 0; certificates--)
        {
            if (certificates < 0 || !Certificate(version))
            {
                return false;
            }
        }

        return true;
    }

    private bool Certificate(int version) => (version == 1 || Skip(Short())) && Skip(Number());

    // A number that is missing reads as a length that no file has.
    private int Number() => _rest.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int))) : -1;

    private int Short() => _rest.Length >= sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort))) : -1;

    private bool Skip(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            return false;
        }

        Take(length);
        return true;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
