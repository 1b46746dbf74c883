namespace HopsKafka.JsonEncoding;

/// <summary>
/// Reads dates and times by ISO 8601 without rounding: years 0001 to 9999, seconds and their fraction optional, an offset as Z, +02:00,
/// +0200 or +02; a space for the T, as RFC 3339 has it.
/// </summary>
/// <param name="text">ASCII.</param>
internal ref struct IsoReader(ReadOnlySpan<byte> text)
{
    private const int SecondsPerDay = 86_400;
    private const int MaxDigits = 9; // of a second
    private static readonly int s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static readonly long s_firstSecond = (long)(DateTime.MinValue - DateTime.UnixEpoch).TotalSeconds;
    private static readonly long s_lastSecond = (long)Math.Floor((DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds);

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>A date alone.</summary>
    /// <param name="days">Days since 1970-01-01.</param>
    public IsoFault ReadDate(out long days) => TryDate(out days) && _rest.IsEmpty ? IsoFault.None : IsoFault.NotIso;

    /// <summary>A time of day alone.</summary>
    /// <param name="digits">Digits of the second in a unit.</param>
    /// <param name="units">Units since midnight.</param>
    public IsoFault ReadTime(int digits, out long units)
    {
        units = 0;
        if (!TryTime(out var seconds, out var nanos, out var isTooPrecise) || !_rest.IsEmpty)
        {
            return IsoFault.NotIso;
        }

        var (unitsPerSecond, nanosPerUnit) = (Pow10(digits), Pow10(MaxDigits - digits));
        units = (seconds * unitsPerSecond) + (nanos / nanosPerUnit);
        return isTooPrecise || nanos % nanosPerUnit != 0 ? IsoFault.TooPrecise : IsoFault.None;
    }

    /// <summary>A date and a time of day.</summary>
    /// <param name="digits">Digits of the second in a unit.</param>
    /// <param name="hasOffset">Whether an offset must follow; else none may.</param>
    /// <param name="units">Units since 1970-01-01T00:00:00.</param>
    public IsoFault ReadTimestamp(int digits, bool hasOffset, out long units)
    {
        units = 0;
        if (!TryDate(out var days) || !(TrySkip((byte)'T') || TrySkip((byte)' ')) || !TryTime(out var seconds, out var nanos, out var isTooPrecise))
        {
            return IsoFault.NotIso;
        }

        if (hasOffset && _rest.IsEmpty)
        {
            return IsoFault.NoOffset;
        }

        var offset = 0;
        if ((hasOffset && !TryOffset(out offset)) || !_rest.IsEmpty)
        {
            return IsoFault.NotIso;
        }

        var (unitsPerSecond, nanosPerUnit) = (Pow10(digits), Pow10(MaxDigits - digits));
        if (isTooPrecise || nanos % nanosPerUnit != 0)
        {
            return IsoFault.TooPrecise;
        }

        // The nanoseconds of a long are those of 1677 to 2262.
        var exact = ((Int128)((days * SecondsPerDay) + seconds - offset) * unitsPerSecond) + (nanos / nanosPerUnit);
        units = unchecked((long)exact);
        return units == exact ? IsoFault.None : IsoFault.OutOfRange;
    }

    /// <summary>A point in time of the years 1 to 9999: in UTC if it has no offset, and cut to the units before it.</summary>
    /// <param name="digits">Digits of the second in a unit, at most 6.</param>
    /// <param name="units">Units since 1970-01-01T00:00:00Z.</param>
    public IsoFault ReadMoment(int digits, out long units)
    {
        units = 0;
        if (!TryDate(out var days) || !(TrySkip((byte)'T') || TrySkip((byte)' ')) || !TryTime(out var seconds, out var nanos, out _))
        {
            return IsoFault.NotIso;
        }

        var offset = 0;
        if (!_rest.IsEmpty && (!TryOffset(out offset) || !_rest.IsEmpty))
        {
            return IsoFault.NotIso;
        }

        seconds += (days * SecondsPerDay) - offset;
        units = (seconds * Pow10(digits)) + (nanos / Pow10(MaxDigits - digits));
        return seconds >= s_firstSecond && seconds <= s_lastSecond ? IsoFault.None : IsoFault.OutOfRange;
    }

    private bool TryDate(out long days)
    {
        days = 0;
        if (!TryNumber(4, out var year) || !TrySkip((byte)'-') || !TryNumber(2, out var month) || !TrySkip((byte)'-') || !TryNumber(2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - s_epoch;
        return true;
    }

    private bool TryTime(out long seconds, out long nanos, out bool isTooPrecise)
    {
        (seconds, nanos, isTooPrecise) = (0, 0, false);
        if (!TryNumber(2, out var hour) || !TrySkip((byte)':') || !TryNumber(2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        seconds = ((hour * 60) + minute) * 60;
        if (!TrySkip((byte)':'))
        {
            return true;
        }

        if (!TryNumber(2, out var second) || second > 59)
        {
            return false;
        }

        seconds += second;
        return !TrySkip((byte)'.') || TryFraction(out nanos, out isTooPrecise);
    }

    private bool TryFraction(out long nanos, out bool isTooPrecise)
    {
        (nanos, isTooPrecise) = (0, false);
        var count = 0;
        for (; !_rest.IsEmpty && char.IsAsciiDigit((char)_rest[0]); _rest = _rest[1..], count++)
        {
            nanos = count < MaxDigits ? (nanos * 10) + (_rest[0] - '0') : nanos;
            isTooPrecise |= count >= MaxDigits && _rest[0] != '0';
        }

        nanos *= Pow10(Math.Max(0, MaxDigits - count));
        return count > 0;
    }

    private bool TryOffset(out int seconds)
    {
        seconds = 0;
        if (TrySkip((byte)'Z'))
        {
            return true;
        }

        var isWest = TrySkip((byte)'-');
        if ((!isWest && !TrySkip((byte)'+')) || !TryNumber(2, out var hours))
        {
            return false;
        }

        var minutes = 0;
        if (!_rest.IsEmpty)
        {
            TrySkip((byte)':');
            if (!TryNumber(2, out minutes))
            {
                return false;
            }
        }

        seconds = ((hours * 60) + minutes) * (isWest ? -60 : 60);
        return hours <= 23 && minutes <= 59;
    }

    private bool TryNumber(int length, out int number)
    {
        number = 0;
        if (_rest.Length < length)
        {
            return false;
        }

        foreach (var digit in _rest[..length])
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[length..];
        return true;
    }

    private bool TrySkip(byte sign)
    {
        var isNext = !_rest.IsEmpty && _rest[0] == sign;
        _rest = isNext ? _rest[1..] : _rest;
        return isNext;
    }

    private static long Pow10(int exponent)
    {
        long power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}

/// <summary>Why a text is not a date or time of a type.</summary>
internal enum IsoFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Not the form of ISO 8601, or no such day.</summary>
    NotIso,

    /// <summary>It has more digits of the second than the type.</summary>
    TooPrecise,

    /// <summary>The type's number cannot hold it.</summary>
    OutOfRange,

    /// <summary>The offset from UTC is missing.</summary>
    NoOffset,
}
