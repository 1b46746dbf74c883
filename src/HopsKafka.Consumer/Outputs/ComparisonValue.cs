using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Cli;

namespace HopsKafka.Consumer.Outputs;

/// <summary>The value that a condition compares a field with, parsed once for each kind of type.</summary>
internal sealed class ComparisonValue
{
    private const string NullWord = "null";

    private readonly byte[] _utf8;
    private readonly BigDecimal? _number;
    private readonly double? _double;
    private readonly ComparisonTime _time;

    /// <summary>Parses the value.</summary>
    public ComparisonValue(string text)
    {
        Text = text;
        _utf8 = Encoding.UTF8.GetBytes(text);
        _number = BigDecimal.TryParse(text);
        _double = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        _time = new ComparisonTime(text, CommandContext.Current.Time.GetUtcNow());
    }

    /// <summary>The text of the value.</summary>
    public string Text { get; }

    /// <summary>Whether it is <c>null</c>, which every field can be compared with.</summary>
    public bool IsNull => Text == NullWord;

    /// <summary>Whether a field of a type can be compared with it.</summary>
    /// <param name="isOrder">Whether the comparison is less or greater: symbols are then compared as strings, with any text.</param>
    public bool CanBe(AvroType type, bool isOrder) => type.Kind switch
    {
        "boolean" => Text is "true" or "false",
        "enum" => isOrder || type.Symbols.Contains(Text),
        _ when FieldKind.IsFloatingPoint(type) => _double is not null,
        _ when FieldKind.IsNumber(type) => _number is not null,
        _ when FieldKind.IsTime(type) => _time.Fits(type.Logical.Kind),
        _ => true,
    };

    /// <summary>Compares a field with it.</summary>
    /// <returns>The order; null if the two cannot be compared: NaN, a null, a number or time and a word.</returns>
    public int? Compare(in AvroValue field) => field.Type.Kind switch
    {
        "null" => IsNull ? 0 : null,
        "string" => field.Bytes.SequenceCompareTo(_utf8),
        "float" or "double" => CompareDouble(field),
        "int" or "long" when FieldKind.IsInteger(field.Type) => _number is { } wanted ? BigDecimal.Of(field.Long).CompareTo(wanted) : null,
        _ when FieldKind.IsTime(field.Type) => _time.Compare(field),
        _ when field.Type.Logical.Kind == LogicalKind.Decimal && BigDecimal.TryParse(AvroJson.TextOf(field)) is { } exact =>
            _number is { } wanted ? exact.CompareTo(wanted) : null,
        _ => string.CompareOrdinal(AvroJson.TextOf(field), Text),
    };

    /// <summary>Whether the text of a field matches it as a pattern: <c>*</c> matches any text, <c>?</c> any character, <c>\</c> escapes the next one.</summary>
    /// <returns>False also for numbers, dates and times.</returns>
    public bool Matches(in AvroValue field)
    {
        if (!FieldKind.IsText(field.Type))
        {
            return false;
        }

        var text = field.Type.Kind == "string" ? Encoding.UTF8.GetString(field.Bytes) : AvroJson.TextOf(field);

        // .NET does not match an empty name, not even with *.
        return text.Length == 0 ? Text.All(c => c == '*') : FileSystemName.MatchesSimpleExpression(Text, text, ignoreCase: false);
    }

    // A float is compared with the number rounded to a float: 0.1 as float is not 0.1 as double.
    private int? CompareDouble(in AvroValue field)
    {
        if (_double is not { } wanted)
        {
            return null;
        }

        wanted = field.Type.Kind == "float" ? (float)wanted : wanted;
        return double.IsNaN(field.Double) || double.IsNaN(wanted)
            ? double.IsNaN(field.Double) && double.IsNaN(wanted) ? 0 : null
            : field.Double.CompareTo(wanted);
    }
}
