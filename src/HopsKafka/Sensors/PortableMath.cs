namespace HopsKafka.Sensors;

/// <summary>
/// The few elementary functions that the sensors need, from +, −, ×, ÷ and square root alone. IEEE 754 rounds those the same
/// way on every machine, whereas the C runtime's cos, exp and log differ in the last bit from one platform to the next; a
/// series that is resumed on another machine must continue with identical values. Accurate to a few units in the last place.
/// </summary>
internal static class PortableMath
{
    private const double LnTwoHigh = 6.93147180369123816490e-01;
    private const double LnTwoLow = 1.90821492927058770002e-10;
    private const double InverseLnTwo = 1.44269504088896338700e+00;

    /// <summary>cos(2πx).</summary>
    /// <param name="turns">x, in turns, from 0 to 1.</param>
    public static double CosineOfTurns(double turns)
    {
        var x = turns > 0.5 ? 1 - turns : turns;
        return x switch
        {
            <= 0.125 => Cosine(x),
            <= 0.375 => Sine(0.25 - x),
            _ => -Cosine(0.5 - x),
        };
    }

    /// <summary>e to the power of x.</summary>
    /// <param name="x">From −700 to 700.</param>
    public static double Exp(double x)
    {
        var exponent = Math.Floor((x * InverseLnTwo) + 0.5);
        var rest = x - (exponent * LnTwoHigh) - (exponent * LnTwoLow);
        var sum = 1.0;
        for (var n = 15; n >= 1; n--)
        {
            sum = 1 + (rest / n * sum);
        }

        return Math.ScaleB(sum, (int)exponent);
    }

    /// <summary>Natural logarithm.</summary>
    /// <param name="x">A normal number above 0.</param>
    public static double Log(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m − 1) / (m + 1)), a series in odd powers.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var n = 25; n >= 1; n -= 2)
        {
            sum = (1.0 / n) + (square * sum);
        }

        return (exponent * LnTwoHigh) + ((2 * s * sum) + (exponent * LnTwoLow));
    }

    // Taylor series up to an eighth of a turn, where twenty terms' worth of powers are far below the last bit.
    private static double Cosine(double turns)
    {
        var square = SquareOfAngle(turns);
        var sum = 1.0;
        for (var n = 20; n >= 2; n -= 2)
        {
            sum = 1 - (square / (n * (n - 1)) * sum);
        }

        return sum;
    }

    private static double Sine(double turns)
    {
        var square = SquareOfAngle(turns);
        var sum = 1.0;
        for (var n = 21; n >= 3; n -= 2)
        {
            sum = 1 - (square / (n * (n - 1)) * sum);
        }

        return Math.Tau * turns * sum;
    }

    private static double SquareOfAngle(double turns) => Math.Tau * turns * (Math.Tau * turns);
}
