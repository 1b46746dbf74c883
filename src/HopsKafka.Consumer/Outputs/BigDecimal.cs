using System.Globalization;
using System.Numerics;

namespace HopsKafka.Consumer.Outputs;

/// <summary>An arbitrary-precision decimal, to compare without rounding.</summary>
/// <param name="Scale">Digits after the decimal point.</param>
internal readonly record struct BigDecimal(BigInteger Unscaled, int Scale) : IComparable<BigDecimal>
{
    private const int MaxDigits = 2500;

    /// <summary>An integer.</summary>
    public static BigDecimal Of(long whole) => new(whole, 0);

    /// <summary>Parses digits with an optional sign, point and exponent.</summary>
    /// <returns>The number; null if it is not a number, or too long.</returns>
    public static BigDecimal? TryParse(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var digits = e < 0 ? text : text[..e];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = (point < 0 ? 0 : digits.Length - point - 1) - (long)exponent;
        if (digits.Length > MaxDigits || Math.Abs(scale) > MaxDigits || !digits.Any(char.IsAsciiDigit)
            || !BigInteger.TryParse(point < 0 ? digits : digits.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled))
        {
            return null;
        }

        return scale < 0 ? new BigDecimal(unscaled * BigInteger.Pow(10, (int)-scale), 0) : new BigDecimal(unscaled, (int)scale);
    }

    /// <inheritdoc/>
    public int CompareTo(BigDecimal other) => Scale == other.Scale
        ? Unscaled.CompareTo(other.Unscaled)
        : (Unscaled * BigInteger.Pow(10, Math.Max(0, other.Scale - Scale))).CompareTo(
            other.Unscaled * BigInteger.Pow(10, Math.Max(0, Scale - other.Scale)));
}
