namespace HopsKafka.JsonEncoding;

/// <summary>The exact value of a decimal literal: digits without zeros around them, times a power of ten.</summary>
internal ref struct DecimalDigits
{
    /// <summary>Room for the digits of the largest number, which are those of 1000 bytes.</summary>
    public const int MaxDigits = 2408;

    private const long MaxExponent = 1_000_000_000;

    private Span<byte> _digits;

    /// <summary>Digits from the first to the last that is not zero; none for zero.</summary>
    public readonly ReadOnlySpan<byte> Digits => _digits;

    /// <summary>The power of ten of the last digit.</summary>
    public long Exponent { get; private set; }

    /// <summary>Whether it has a minus sign.</summary>
    public bool IsNegative { get; private set; }

    /// <summary>Whether nothing stands behind the point.</summary>
    public readonly bool IsInteger => Exponent >= 0;

    /// <summary>Reads a literal by the grammar of JSON's numbers.</summary>
    /// <param name="literal">ASCII.</param>
    /// <param name="room">Where the digits go.</param>
    /// <returns>False when it is none, or has more digits than there is room.</returns>
    public static bool TryParse(scoped ReadOnlySpan<byte> literal, Span<byte> room, out DecimalDigits value)
    {
        value = default;
        var rest = literal;
        value.IsNegative = Skip(ref rest, (byte)'-');
        var whole = LeadingDigits(ref rest);
        scoped ReadOnlySpan<byte> fraction = [];
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0') || (Skip(ref rest, (byte)'.') && (fraction = LeadingDigits(ref rest)).IsEmpty))
        {
            return false;
        }

        long exponent = 0;
        if ((Skip(ref rest, (byte)'e') || Skip(ref rest, (byte)'E')) && !TryExponent(ref rest, out exponent))
        {
            return false;
        }

        return rest.IsEmpty && value.TrySet(whole, fraction, exponent, room);
    }

    /// <summary>The same as a long.</summary>
    /// <returns>False when it is out of range or no integer.</returns>
    public readonly bool TryGetInt64(out long number)
    {
        const int maxUInt64Digits = 19; // digits of which each number fits
        number = 0;
        if (!IsInteger || Digits.Length + Exponent > maxUInt64Digits)
        {
            return Digits.IsEmpty;
        }

        ulong magnitude = 0;
        foreach (var digit in Digits)
        {
            magnitude = (magnitude * 10) + (ulong)(digit - '0');
        }

        for (var i = 0; i < Exponent; i++)
        {
            magnitude *= 10;
        }

        number = unchecked(IsNegative ? -(long)magnitude : (long)magnitude);
        return magnitude <= (IsNegative ? 1UL << 63 : long.MaxValue);
    }

    /// <summary>Whether both are the same number.</summary>
    public readonly bool EqualsValue(DecimalDigits other) =>
        Digits.SequenceEqual(other.Digits) && (Digits.IsEmpty || (Exponent == other.Exponent && IsNegative == other.IsNegative));

    private bool TrySet(scoped ReadOnlySpan<byte> whole, scoped ReadOnlySpan<byte> fraction, long exponent, Span<byte> room)
    {
        var significantFraction = fraction.TrimEnd((byte)'0');
        Exponent = exponent - significantFraction.Length;
        var significantWhole = whole;
        if (significantFraction.IsEmpty)
        {
            significantWhole = whole.TrimEnd((byte)'0');
            Exponent += whole.Length - significantWhole.Length;
        }

        significantWhole = significantWhole.TrimStart((byte)'0');
        if (significantWhole.IsEmpty)
        {
            significantFraction = significantFraction.TrimStart((byte)'0');
        }

        var count = significantWhole.Length + significantFraction.Length;
        if (count > room.Length)
        {
            return false;
        }

        significantWhole.CopyTo(room);
        significantFraction.CopyTo(room[significantWhole.Length..]);
        _digits = room[..count];
        Exponent = count == 0 ? 0 : Exponent;
        return true;
    }

    private static bool TryExponent(scoped ref ReadOnlySpan<byte> rest, out long exponent)
    {
        var isNegative = Skip(ref rest, (byte)'-');
        _ = isNegative || Skip(ref rest, (byte)'+');
        var digits = LeadingDigits(ref rest);
        exponent = 0;
        foreach (var digit in digits)
        {
            exponent = Math.Min((exponent * 10) + (digit - '0'), MaxExponent);
        }

        exponent = isNegative ? -exponent : exponent;
        return !digits.IsEmpty;
    }

    private static bool Skip(scoped ref ReadOnlySpan<byte> rest, byte sign)
    {
        var isNext = !rest.IsEmpty && rest[0] == sign;
        rest = isNext ? rest[1..] : rest;
        return isNext;
    }

    private static ReadOnlySpan<byte> LeadingDigits(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }
}
