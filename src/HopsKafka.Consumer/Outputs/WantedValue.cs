using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Cli;

namespace HopsKafka.Consumer.Outputs;

/// <summary>The value that a condition compares a field with, as what it is to each type.</summary>
internal sealed class WantedValue
{
    private const string NullWord = "null";

    private readonly byte[] _utf8;
    private readonly ExactNumber? _number;
    private readonly double? _real;
    private readonly WantedTime _time;

    /// <summary>Reads it.</summary>
    /// <param name="text">As it was written.</param>
    public WantedValue(string text)
    {
        Text = text;
        _utf8 = Encoding.UTF8.GetBytes(text);
        _number = ExactNumber.TryParse(text);
        _real = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        _time = new WantedTime(text, CommandContext.Current.Time.GetUtcNow());
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it means null, which can be asked of every field.</summary>
    public bool IsNull => Text == NullWord;

    /// <summary>Whether a value of a type can be it, or lie below or above it.</summary>
    /// <param name="isOrder">Whether it is asked for below and above: symbols are in no order of their own, so their texts are compared with any text.</param>
    public bool CanBe(AvroType type, bool isOrder) => type.Kind switch
    {
        "boolean" => Text is "true" or "false",
        "enum" => isOrder || type.Symbols.Contains(Text),
        _ when FieldKind.IsReal(type) => _real is not null,
        _ when FieldKind.IsNumber(type) => _number is not null,
        _ when FieldKind.IsTime(type) => _time.Fits(type.Logical.Kind),
        _ => true,
    };

    /// <summary>Compares a field with it.</summary>
    /// <returns>The order; null when the two have none: NaN, a null, a number or time and a word.</returns>
    public int? Compare(in AvroValue field) => field.Type.Kind switch
    {
        "null" => IsNull ? 0 : null,
        "string" => field.Bytes.SequenceCompareTo(_utf8),
        "float" or "double" => CompareReal(field),
        "int" or "long" when FieldKind.IsWhole(field.Type) => _number is { } wanted ? ExactNumber.Of(field.Long).CompareTo(wanted) : null,
        _ when FieldKind.IsTime(field.Type) => _time.Compare(field),
        _ when field.Type.Logical.Kind == LogicalKind.Decimal && ExactNumber.TryParse(AvroJson.TextOf(field)) is { } exact =>
            _number is { } wanted ? exact.CompareTo(wanted) : null,
        _ => string.CompareOrdinal(AvroJson.TextOf(field), Text),
    };

    /// <summary>Whether the text of a field matches it as a pattern: <c>*</c> is any text, <c>?</c> any character, <c>\</c> takes the next one as it is.</summary>
    /// <returns>False also for what has no text, such as a number.</returns>
    public bool Matches(in AvroValue field)
    {
        if (!FieldKind.IsText(field.Type))
        {
            return false;
        }

        var text = field.Type.Kind == "string" ? Encoding.UTF8.GetString(field.Bytes) : AvroJson.TextOf(field);

        // .NET matches an empty name with nothing, not even with *.
        return text.Length == 0 ? Text.All(c => c == '*') : FileSystemName.MatchesSimpleExpression(Text, text, ignoreCase: false);
    }

    // A float is compared with what the wanted number is as a float: 0.1 as float is not 0.1 as double.
    private int? CompareReal(in AvroValue field)
    {
        if (_real is not { } wanted)
        {
            return null;
        }

        wanted = field.Type.Kind == "float" ? (float)wanted : wanted;
        return double.IsNaN(field.Double) || double.IsNaN(wanted)
            ? double.IsNaN(field.Double) && double.IsNaN(wanted) ? 0 : null
            : field.Double.CompareTo(wanted);
    }
}
