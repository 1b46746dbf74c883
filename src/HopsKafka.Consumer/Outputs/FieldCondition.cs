using System.Globalization;
using System.Text;
using HopsKafka.AvroTypes;
using HopsKafka.AvroValues;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// A condition such as <c>id=sensor3</c> or <c>value&gt;=10</c>. Fields that are numbers compare as numbers, all others as the text
/// that is shown: a text <c>007</c> is not 7, and dates and times come in their own order.
/// </summary>
internal sealed class FieldCondition
{
    private static readonly string[] s_operators = ["<=", ">=", "!=", "=", "<", ">"];

    private readonly string _operator;
    private readonly string _wanted;
    private readonly byte[] _wantedUtf8;
    private readonly ExactNumber? _wantedNumber;
    private readonly double? _wantedReal;

    private FieldCondition(FieldPath path, string comparison, string wanted)
    {
        (Path, _operator, _wanted) = (path, comparison, wanted);
        _wantedUtf8 = Encoding.UTF8.GetBytes(wanted);
        _wantedNumber = ExactNumber.TryParse(wanted);
        _wantedReal = double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
    }

    /// <summary>The field.</summary>
    public FieldPath Path { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">Path, operator, value.</param>
    /// <returns>The condition; null when it is none.</returns>
    public static FieldCondition? TryParse(string text)
    {
        var at = text.AsSpan().IndexOfAny("<>=!");
        return at > 0
            && FieldPath.TryParse(text[..at].Trim()) is { } path
            && s_operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o, StringComparison.Ordinal)) is { } found
            ? new FieldCondition(path, found, text[(at + found.Length)..].Trim())
            : null;
    }

    /// <summary>Whether a value meets it; a value without the field never does.</summary>
    /// <param name="value">The whole value.</param>
    /// <returns>True when it does.</returns>
    public bool IsMet(in AvroValue value)
    {
        if (!Path.TryGet(value, out var field))
        {
            return false;
        }

        var order = Compare(field);
        return _operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    // Null when the two have no order: NaN, a null, a number and a word.
    private int? Compare(in AvroValue field) => field.Type.Kind switch
    {
        "null" => _wanted == "null" ? 0 : null,
        "string" => field.Bytes.SequenceCompareTo(_wantedUtf8),
        "float" or "double" => CompareReal(field),
        "int" or "long" when field.Type.Logical.Kind == LogicalKind.None => _wantedNumber is { } wanted ? ExactNumber.Of(field.Whole).CompareTo(wanted) : null,
        _ when field.Type.Logical.Kind == LogicalKind.Decimal && ExactNumber.TryParse(AvroJson.TextOf(field)) is { } exact =>
            _wantedNumber is { } wanted ? exact.CompareTo(wanted) : null,
        _ => string.CompareOrdinal(AvroJson.TextOf(field), _wanted),
    };

    // A float is compared with what the wanted number is as a float: 0.1 as float is not 0.1 as double.
    private int? CompareReal(in AvroValue field)
    {
        if (_wantedReal is not { } wanted)
        {
            return null;
        }

        wanted = field.Type.Kind == "float" ? (float)wanted : wanted;
        return double.IsNaN(field.Real) || double.IsNaN(wanted)
            ? double.IsNaN(field.Real) && double.IsNaN(wanted) ? 0 : null
            : field.Real.CompareTo(wanted);
    }
}
