using System.Buffers;
using System.Globalization;

namespace HopsKafka.FeatureGroups;

/// <summary>Writes doubles as Python's <c>repr</c> does: the shortest digits that give the same double, with an exponent from 1e16 up and below 1e-4.</summary>
internal static class PythonFloat
{
    private const int Longest = 32;
    private const int FirstLarge = 16; // the power of ten from which on there is an exponent
    private const int LastSmall = -5;

    /// <summary>Writes the text.</summary>
    /// <returns>False for NaN.</returns>
    public static bool TryWrite(double number, IBufferWriter<byte> output)
    {
        if (double.IsInfinity(number))
        {
            output.Write(number < 0 ? "-inf"u8 : "inf"u8);
            return true;
        }

        if (double.IsNaN(number))
        {
            return false;
        }

        Span<byte> room = stackalloc byte[Longest];
        Span<byte> digits = stackalloc byte[Longest];
        number.TryFormat(room, out var length, "R", CultureInfo.InvariantCulture);
        var (count, exponent) = Digits(room[..length], digits);
        var text = output.GetSpan(2 * Longest);
        var end = 0;
        if (double.IsNegative(number))
        {
            text[end++] = (byte)'-';
        }

        end += exponent is >= FirstLarge or <= LastSmall ? WriteScientific(digits[..count], exponent, text[end..]) : WritePlain(digits[..count], exponent, text[end..]);
        output.Advance(end);
        return true;
    }

    // The significant digits, and the power of ten of the first.
    private static (int Count, int Exponent) Digits(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var (count, point, exponent) = (0, -1, 0);
        var seen = 0;
        for (var i = text[0] == '-' ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] == '.')
            {
                point = seen;
            }
            else if (text[i] == 'E')
            {
                exponent = int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            else
            {
                seen++;
                if (count > 0 || text[i] != '0')
                {
                    digits[count++] = text[i];
                }
            }
        }

        if (count == 0)
        {
            digits[0] = (byte)'0';
            return (1, 0);
        }

        exponent += (point < 0 ? seen : point) - 1 - (seen - count);
        return (digits[..count].TrimEnd((byte)'0').Length, exponent);
    }

    private static int WritePlain(ReadOnlySpan<byte> digits, int exponent, Span<byte> text)
    {
        var end = 0;
        for (var power = Math.Max(exponent, 0); power >= Math.Min(exponent - digits.Length + 1, -1); power--)
        {
            if (power == -1)
            {
                text[end++] = (byte)'.';
            }

            var index = exponent - power;
            text[end++] = index >= 0 && index < digits.Length ? digits[index] : (byte)'0';
        }

        return end;
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> text)
    {
        var end = 0;
        text[end++] = digits[0];
        if (digits.Length > 1)
        {
            text[end++] = (byte)'.';
            digits[1..].CopyTo(text[end..]);
            end += digits.Length - 1;
        }

        text[end++] = (byte)'e';
        text[end++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(text[end..], out var length, "D2", CultureInfo.InvariantCulture);
        return end + length;
    }
}
