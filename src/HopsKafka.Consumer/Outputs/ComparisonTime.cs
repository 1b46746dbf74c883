using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.Avro;
using HopsKafka.Consumer.Positions;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// The value of a condition as a date or time, in nanoseconds. Each logical type accepts the notation in which it is printed. A point
/// in time may also be written as for <c>--from</c>, or as milliseconds since 1970.
/// </summary>
internal sealed partial class ComparisonTime
{
    private const int MaxFractionDigits = 9;
    private const int DigitsOfYear = 4;
    private const long NanosPerDay = 86_400_000_000_000;

    private static readonly string[] s_dates = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];
    private static readonly string[] s_locals = [.. s_dates, "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] s_clocks = ["HH:mm", "HH:mm:ss"];

    private readonly Int128? _instant;
    private readonly Int128? _local;
    private readonly Int128? _date;
    private readonly Int128? _clock;

    /// <summary>Parses the value.</summary>
    /// <param name="now">The time that <c>-15m</c> is relative to.</param>
    public ComparisonTime(string text, DateTimeOffset now)
    {
        var (whole, nanos) = SplitFraction(text);
        _local = TryExact(whole, s_locals) is { } local ? OfTicks((local - DateTime.UnixEpoch).Ticks) + nanos : null;
        _date = TryExact(text, s_dates) is { } date ? OfTicks((date - DateTime.UnixEpoch).Ticks) : null;
        _instant = _date ?? Milliseconds(text)
            ?? (PositionParser.TryTime(whole, now) is { } time ? OfTicks((time - DateTimeOffset.UnixEpoch).Ticks) + nanos : null);
        _clock = TryExact(whole, s_clocks) is { } clock ? OfTicks(clock.TimeOfDay.Ticks) + nanos : null;
    }

    /// <summary>The name of a logical type in messages; null if it is neither a date nor a time.</summary>
    public static string? NameOf(LogicalKind kind) => kind switch
    {
        LogicalKind.Date => "a date",
        LogicalKind.TimeMillis or LogicalKind.TimeMicros => "a time of day",
        LogicalKind.TimestampMillis or LogicalKind.TimestampMicros or LogicalKind.TimestampNanos => "a point in time",
        LogicalKind.LocalTimestampMillis or LogicalKind.LocalTimestampMicros or LogicalKind.LocalTimestampNanos => "a local date and time",
        _ => null,
    };

    /// <summary>Examples of the notation, for messages.</summary>
    /// <param name="kind">A logical type of dates or times.</param>
    public static string NotationOf(LogicalKind kind) => kind switch
    {
        LogicalKind.Date => "2026-01-31",
        LogicalKind.TimeMillis or LogicalKind.TimeMicros => "08:00 or 08:00:00.123",
        LogicalKind.LocalTimestampMillis or LogicalKind.LocalTimestampMicros or LogicalKind.LocalTimestampNanos => "2026-01-31T08:00:00, without Z or offset",
        _ => "2026-01-31T08:00:00Z, 2026-01-31T09:00:00+01:00, an age such as -15m, or milliseconds since 1970",
    };

    /// <summary>Whether the value is valid for a logical type.</summary>
    public bool Fits(LogicalKind kind) => For(kind) is not null;

    /// <summary>Compares a date or time with it.</summary>
    /// <returns>The order; null if the value is not valid for the type.</returns>
    public int? Compare(in AvroValue field)
    {
        var kind = field.Type.Logical.Kind;
        return For(kind) is { } wanted ? (field.Long * (Int128)NanosOf(kind)).CompareTo(wanted) : null;
    }

    private static long NanosOf(LogicalKind kind) => kind switch
    {
        LogicalKind.Date => NanosPerDay,
        LogicalKind.TimeMillis or LogicalKind.TimestampMillis or LogicalKind.LocalTimestampMillis => 1_000_000,
        LogicalKind.TimeMicros or LogicalKind.TimestampMicros or LogicalKind.LocalTimestampMicros => 1_000,
        _ => 1,
    };

    private static Int128 OfTicks(long ticks) => (Int128)ticks * TimeSpan.NanosecondsPerTick;

    // Four digits are always a year.
    private static Int128? Milliseconds(string text) => text.Length != DigitsOfYear
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            ? (Int128)milliseconds * 1_000_000
            : null;

    private static DateTime? TryExact(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    // .NET's types have a resolution of 100 ns and would round. More than nine digits are invalid.
    private static (string Whole, long Nanos) SplitFraction(string text)
    {
        if (FractionOfSecond().Match(text) is not { Success: true, Groups: [_, var digits] } match)
        {
            return (text, 0);
        }

        return digits.Length <= MaxFractionDigits
            ? (text.Remove(match.Index, match.Length), long.Parse(digits.Value.PadRight(MaxFractionDigits, '0'), NumberStyles.None, CultureInfo.InvariantCulture))
            : ("", 0);
    }

    [GeneratedRegex(@"(?<=:[0-9]{2}:[0-9]{2})\.([0-9]+)")]
    private static partial Regex FractionOfSecond();

    private Int128? For(LogicalKind kind) => kind switch
    {
        LogicalKind.Date => _date,
        LogicalKind.TimeMillis or LogicalKind.TimeMicros => _clock,
        LogicalKind.LocalTimestampMillis or LogicalKind.LocalTimestampMicros or LogicalKind.LocalTimestampNanos => _local,
        LogicalKind.TimestampMillis or LogicalKind.TimestampMicros or LogicalKind.TimestampNanos => _instant,
        _ => null,
    };
}
