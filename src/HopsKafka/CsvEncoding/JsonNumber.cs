namespace HopsKafka.CsvEncoding;

/// <summary>Numbers as JSON spells them.</summary>
internal static class JsonNumber
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var rest = text.StartsWith("-"u8) ? text[1..] : text;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.Length > 0 && rest[0] == '.')
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        return rest.Length == 0 || (rest[0] is (byte)'e' or (byte)'E' && IsExponent(rest[1..]));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        var digits = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        return digits.Length > 0 && Digits(digits) == digits.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : text.Length;
}
