using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>
/// A value of any schema: fields have their default, else the zero value of their type (null where a union allows it, the first
/// symbol of an enum, no items). Only texts and timestamps say what the value is: a mark, and the time at which it was made.
/// </summary>
internal sealed class SampleValue
{
    private const int MaxSize = 1_000_000;
    private const int MaxDepth = 500;

    private readonly byte[] _mark;
    private readonly DateTimeOffset _now;
    private readonly HashSet<AvroType> _open = [];
    private ValueLimit _limit;
    private int _bytes;
    private string? _reason;

    private SampleValue(string mark, DateTimeOffset now) => (_mark, _now) = (Encoding.UTF8.GetBytes(mark), now);

    /// <summary>Makes a value.</summary>
    /// <param name="mark">What texts say.</param>
    /// <param name="now">What timestamps say.</param>
    /// <param name="reason">Why there is none, as a clause.</param>
    /// <returns>False when the schema has no value that ends, a wrong default, or only values that are too big.</returns>
    public static bool TryMake(
        string text,
        string mark,
        DateTimeOffset now,
        [NotNullWhen(true)] out AvroType? type,
        out AvroValue value,
        [NotNullWhen(false)] out string? reason)
    {
        (type, value, reason) = (null, default, null);
        var sample = new SampleValue(mark, now);
        try
        {
            type = AvroType.Parse(text);
            if (sample.Make(type) is { } made)
            {
                value = made;
                return true;
            }

            reason = sample._reason!;
        }
        catch (InvalidSchemaException e)
        {
            reason = $"it is not a valid Avro schema: {e.Message}";
        }
        catch (BadMessageException e)
        {
            reason = e.Message.TrimEnd('.');
        }

        return false;
    }

    // Null when there is no value that ends.
    private AvroValue? Make(AvroType type)
    {
        _limit.Claim(1);
        return type.Kind switch
        {
            "null" => AvroValue.Null(type),
            "boolean" => AvroValue.OfBoolean(type, false),
            "int" or "long" => AvroValue.OfLong(type, Number(type)),
            "float" or "double" => AvroValue.OfDouble(type, 0),
            "string" => AvroValue.OfBytes(type, type.Logical.Kind == LogicalKind.Uuid ? Encoding.ASCII.GetBytes($"{Guid.Empty}") : _mark),

            // A decimal without a byte is no number to Java.
            "bytes" => AvroValue.OfBytes(type, new byte[type.Logical.Kind == LogicalKind.Decimal ? 1 : 0]),
            "fixed" => Fixed(type),
            "enum" => type.Symbols.Count > 0 ? AvroValue.OfLong(type, 0) : None($"the enum {type.Name!.Full} has no symbol"),
            "array" => AvroValue.OfItems(type, []),
            "map" => AvroValue.OfEntries(type, []),
            "union" => Branch(type),
            _ => Record(type),
        };
    }

    private long Number(AvroType type) => type.Logical.Kind switch
    {
        LogicalKind.TimestampMillis or LogicalKind.LocalTimestampMillis => _now.ToUnixTimeMilliseconds(),
        LogicalKind.TimestampMicros or LogicalKind.LocalTimestampMicros => _now.ToUnixTimeMilliseconds() * 1000,
        LogicalKind.TimestampNanos or LogicalKind.LocalTimestampNanos => _now.ToUnixTimeMilliseconds() * 1_000_000,
        _ => 0,
    };

    private AvroValue? Fixed(AvroType type)
    {
        if (type.Size > MaxSize - _bytes)
        {
            return None($"the fixed {type.Name!.Full} of {type.Size} bytes makes it too big for an event");
        }

        _bytes += type.Size;
        return AvroValue.OfBytes(type, new byte[type.Size]);
    }

    private AvroValue? Branch(AvroType union)
    {
        foreach (var branch in union.Branches.OrderBy(b => b.Kind != "null"))
        {
            if (Make(branch) is { } value)
            {
                return value;
            }
        }

        return None("a union has no branch");
    }

    private AvroValue? Record(AvroType type)
    {
        if (_open.Count > MaxDepth)
        {
            return None($"its records are nested deeper than {MaxDepth} levels");
        }

        if (!_open.Add(type))
        {
            return None($"the record {type.Name!.Full} contains itself");
        }

        var fields = new AvroValue[type.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            if ((AvroDefaultValue.Of(type.Fields[i], ref _limit) ?? Make(type.Fields[i].Type)) is not { } value)
            {
                _open.Remove(type);
                return null;
            }

            fields[i] = value;
        }

        _open.Remove(type);
        return AvroValue.OfItems(type, fields);
    }

    // The first reason is the root of those above it.
    private AvroValue? None(string reason)
    {
        _reason ??= reason;
        return null;
    }
}
