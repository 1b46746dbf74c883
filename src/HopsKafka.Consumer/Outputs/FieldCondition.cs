using System.Globalization;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// A condition such as <c>id=sensor3</c> or <c>value&gt;=10</c>. Fields that are numbers compare as numbers, dates and times by when
/// they are, all others as the text that is shown: a text <c>007</c> is not 7.
/// </summary>
internal sealed class FieldCondition
{
    private const int MostSymbols = 12;

    private static readonly string[] s_operators = ["<=", ">=", "!=", "=", "<", ">"];

    private readonly string _text;
    private readonly string _operator;
    private readonly string _wanted;
    private readonly byte[] _wantedUtf8;
    private readonly ExactNumber? _wantedNumber;
    private readonly double? _wantedReal;
    private readonly WantedTime _wantedTime;

    private FieldCondition(string text, FieldPath path, string comparison, string wanted)
    {
        (_text, Path, _operator, _wanted) = (text, path, comparison, wanted);
        _wantedUtf8 = Encoding.UTF8.GetBytes(wanted);
        _wantedNumber = ExactNumber.TryParse(wanted);
        _wantedReal = double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        _wantedTime = new WantedTime(wanted, CommandContext.Current.Time.GetUtcNow());
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
            && FieldPath.TryParseOfEvent(text[..at].Trim()) is { } path
            && s_operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o, StringComparison.Ordinal)) is { } found
            ? new FieldCondition(text, path, found, text[(at + found.Length)..].Trim())
            : null;
    }

    /// <summary>Checks it against a schema. <c>null</c> can be asked of every field.</summary>
    /// <param name="mayDiffer">Whether the schema is one of several, of which a later one may add symbols to an enum.</param>
    /// <exception cref="HopsKafkaException">The field is compared with what it can never be, such as a number with a word.</exception>
    public void Check(AvroType root, bool mayDiffer = false)
    {
        var types = Path.TypesIn(root)?.Where(type => type.Kind != "null").ToList() ?? [];
        if (types.Count > 0 && _wanted != "null" && !types.Any(type => CanBe(type) || (mayDiffer && type.Kind == "enum")))
        {
            var kinds = types.Where(IsNumber).Select(type => type.Kind).Distinct().ToList();
            var names = (kinds.Count > 0 ? [$"a number ({string.Join(", ", kinds)})"] : Array.Empty<string>())
                .Concat(types.Where(type => !IsNumber(type)).Select(NameOf)).Distinct();
            throw new HopsKafkaException(
                $"--where '{_text}' compares {Path.Text}, {string.Join(" or ", names)}, with '{_wanted}', which is none"
                + $"{(types.All(type => type.Kind == "enum") ? " of its symbols" : "")}.",
                $"Compare it with {Remedy(types)}, or with null where it may be null: '{Path.Text}=null'.",
                ExitCode.Usage);
        }
    }

    /// <summary>Whether an event meets it; an event without the field never does.</summary>
    /// <param name="keys">How keys are read.</param>
    /// <returns>True when it does.</returns>
    public bool IsMet(DecodedEvent decoded, ValueFormat keys)
    {
        if (!Path.TryGet(decoded, keys, out var field))
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

    private static bool IsReal(AvroType type) => type.Kind is "float" or "double";

    private static bool IsWhole(AvroType type) => type.Kind is "int" or "long" && type.Logical.Kind == LogicalKind.None;

    private static bool IsTime(AvroType type) => WantedTime.NameOf(type.Logical.Kind) is not null;

    private static bool IsNumber(AvroType type) => IsReal(type) || IsWhole(type) || type.Logical.Kind == LogicalKind.Decimal;

    private static string NameOf(AvroType type) => type.Kind switch
    {
        "boolean" => "a boolean",
        "enum" => $"an enum of {Listed(type.Symbols)}",
        _ => WantedTime.NameOf(type.Logical.Kind) ?? type.Kind,
    };

    private static string Listed(IReadOnlyList<string> symbols) =>
        string.Join(", ", symbols.Take(MostSymbols)) + (symbols.Count > MostSymbols ? ", …" : "");

    private string Remedy(IReadOnlyList<AvroType> types) => string.Join(" or ", types.Select(type => type.Kind switch
    {
        "boolean" => "true or false",
        "enum" => Suggestions.Find(_wanted, type.Symbols) ?? "one of its symbols",
        _ when WantedTime.NameOf(type.Logical.Kind) is { } time => $"{time} ({WantedTime.NotationOf(type.Logical.Kind)})",
        _ => "a number",
    }).Distinct());

    // Symbols are in no order of their own: below and above compare their texts, with any text.
    private bool CanBe(AvroType type) => type.Kind switch
    {
        "boolean" => _wanted is "true" or "false",
        "enum" => _operator is not ("=" or "!=") || type.Symbols.Contains(_wanted),
        _ when IsReal(type) => _wantedReal is not null,
        _ when IsNumber(type) => _wantedNumber is not null,
        _ when IsTime(type) => _wantedTime.Fits(type.Logical.Kind),
        _ => true,
    };

    // Null when the two have no order: NaN, a null, a number or time and a word.
    private int? Compare(in AvroValue field) => field.Type.Kind switch
    {
        "null" => _wanted == "null" ? 0 : null,
        "string" => field.Bytes.SequenceCompareTo(_wantedUtf8),
        "float" or "double" => CompareReal(field),
        "int" or "long" when IsWhole(field.Type) => _wantedNumber is { } wanted ? ExactNumber.Of(field.Long).CompareTo(wanted) : null,
        _ when IsTime(field.Type) => _wantedTime.Compare(field),
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
        return double.IsNaN(field.Double) || double.IsNaN(wanted)
            ? double.IsNaN(field.Double) && double.IsNaN(wanted) ? 0 : null
            : field.Double.CompareTo(wanted);
    }
}
